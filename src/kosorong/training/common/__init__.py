"""What every training shares: recipes, the loop, checkpoints, averages, pictures."""
