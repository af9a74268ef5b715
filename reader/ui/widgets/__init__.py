"""The widgets, which know values of the model and nothing of the stores."""
