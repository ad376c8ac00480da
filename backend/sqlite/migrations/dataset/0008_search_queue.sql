-- Which texts text_search does not have as they are now. A commit writes one row here, with the numbers (as in
-- text_search) of the texts that it changed: ascending, each as its distance from the one before, as varints. Who
-- brings text_search up to date removes it in the same transaction. A number of a row is never used again, so a
-- reader notices that.
CREATE TABLE search_queue (
  id    INTEGER PRIMARY KEY AUTOINCREMENT,
  texts BLOB NOT NULL
);
