"""What asking the network takes, short of the socket itself."""
