"""The app in a browser: served to this computer alone, to who knows the address."""
