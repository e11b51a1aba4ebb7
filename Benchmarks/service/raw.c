// SQLite alone: the rows the server stored, put into a table of the same columns and indexes by one prepared
// statement, in transactions of 10,000, as durable as the server's own (WAL, synchronous = FULL).
//
// usage: raw SOURCE.db TARGET.db ROWS     prints rows and seconds; only the inserts and commits are timed.
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void check(sqlite3 *db, int code, const char *what) {
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) {
        fprintf(stderr, "raw: %s: %s\n", what, sqlite3_errmsg(db));
        exit(1);
    }
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: raw SOURCE.db TARGET.db ROWS\n");
        return 64;
    }
    long limit = atol(argv[3]);
    sqlite3 *source, *target;
    check(NULL, sqlite3_open_v2(argv[1], &source, SQLITE_OPEN_READONLY, NULL), "open the source");
    check(NULL, sqlite3_open(argv[2], &target), "open the target");
    const char *pragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;"
                          "PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 268435456;";
    check(target, sqlite3_exec(target, pragmas, NULL, NULL, NULL), "set up");

    sqlite3_stmt *schema;
    check(source, sqlite3_prepare_v2(source,
        "SELECT sql FROM sqlite_master WHERE tbl_name = 'event' AND type IN ('table', 'index') AND sql IS NOT NULL "
        "ORDER BY type DESC", -1, &schema, NULL), "read the schema");
    while (sqlite3_step(schema) == SQLITE_ROW)
        check(target, sqlite3_exec(target, (const char *)sqlite3_column_text(schema, 0), NULL, NULL, NULL), "schema");
    sqlite3_finalize(schema);

    sqlite3_stmt *read;
    check(source, sqlite3_prepare_v2(source, "SELECT * FROM event ORDER BY sequence LIMIT ?1", -1, &read, NULL), "read");
    sqlite3_bind_int64(read, 1, limit);
    int columns = sqlite3_column_count(read);
    sqlite3_value **values = malloc(sizeof(sqlite3_value *) * (size_t)(limit > 0 ? limit : 1) * (size_t)columns);
    if (!values) return 1;
    long rows = 0;
    while (sqlite3_step(read) == SQLITE_ROW && rows < limit) {
        for (int c = 0; c < columns; c++) values[rows * columns + c] = sqlite3_value_dup(sqlite3_column_value(read, c));
        rows++;
    }
    sqlite3_finalize(read);

    char insert[512] = "INSERT INTO event VALUES (?";
    size_t at = 27;
    for (int c = 1; c < columns && at < sizeof insert - 4; c++, at += 2) snprintf(insert + at, 4, ",?");
    snprintf(insert + at, 4, ")");
    sqlite3_stmt *put;
    check(target, sqlite3_prepare_v2(target, insert, -1, &put, NULL), "prepare");
    double start = now();
    for (long r = 0; r < rows; r++) {
        if (r % 10000 == 0) check(target, sqlite3_exec(target, "BEGIN IMMEDIATE", NULL, NULL, NULL), "begin");
        for (int c = 0; c < columns; c++) sqlite3_bind_value(put, c + 1, values[r * columns + c]);
        check(target, sqlite3_step(put), "insert");
        sqlite3_reset(put);
        if (r % 10000 == 9999 || r == rows - 1) check(target, sqlite3_exec(target, "COMMIT", NULL, NULL, NULL), "commit");
    }
    double seconds = now() - start;
    printf("{\"rows\":%ld,\"seconds\":%f}\n", rows, seconds);
    return rows == limit ? 0 : 1;
}
