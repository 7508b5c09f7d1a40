"""What the propensity score rests on: sums that are the same on every processor, and who stands for nobody."""
