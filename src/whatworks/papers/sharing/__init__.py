"""What is agreed to be shared, and who oversees what, as papers."""
