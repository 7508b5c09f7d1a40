"""Work an answer out again where records are joined in other believable ways."""
