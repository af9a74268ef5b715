"""The fault laboratory: what goes wrong with disks, processes, networks and texts, done on purpose and counted."""
