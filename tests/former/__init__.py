"""A database of a former version, filled to the last column, is migrated: nothing is lost that is not named here."""
