// sqlite3_config takes a variable list of arguments, which Swift can't call. SQLite's own header comes with GRDB; what is
// needed of it is said again here, so that no type has two homes.
int sqlite3_config(int, ...);

// SQLITE_CONFIG_MEMSTATUS, off: SQLite counts its memory behind a lock that every allocation of every connection takes,
// and nothing here reads the count. Must come before the first connection; 0 = done.
static inline int throughline_sqlite_without_statistics(void) { return sqlite3_config(9, 0); }
