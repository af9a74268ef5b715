"""The screens, each composed of widgets."""
