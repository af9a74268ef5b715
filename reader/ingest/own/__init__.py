"""Our own JSON, as `reader export --format json` writes it: told from other files, read bit by bit, checked."""
