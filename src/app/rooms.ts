/** The rooms in the order in which their tables are made, and what each may read. One list for TypeScript and SQL. */

export interface Room {
  name: string;
  /** Rooms whose contract, functions and views it may use; everyone may also use `platform` and `numerics`. */
  reads: readonly string[];
}

export const rooms: readonly Room[] = [
  { name: 'org', reads: [] },
  { name: 'statistics', reads: ['org'] },
  { name: 'marketplace', reads: ['org'] },
  // Nobody reads ingest: a room declares its kinds of file, and app hands the declarations over. Its own SQL functions, which
  // take JSON instead of a file, call the loader of statistics.
  { name: 'ingest', reads: ['org', 'statistics', 'marketplace'] },
  { name: 'admin', reads: ['org', 'statistics', 'ingest'] },
  // Reads whatever there is, by the catalogs; names only these in its own SQL.
  { name: 'database', reads: ['org', 'statistics', 'ingest'] },
  // Reads all, and nobody reads it.
  { name: 'quality', reads: ['org', 'statistics', 'ingest'] },
];
