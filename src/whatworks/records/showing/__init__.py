"""Say what is wrong with a value without telling of whom it is: messages show shapes unless it can be nobody's."""
