// Package world simulates a company: its people, projects, processes, teams and sprints, and every
// revision of every work item they ever touched.
//
// It is a simulation, not noise. Each project lives day by day: product owners refine a backlog and plan
// two-week sprints to their velocity, people burn hours of tasks, bugs arrive in waves after a release,
// are triaged, resolved, verified, reopened; items are carried over, moved, retyped, deleted, restored
// and destroyed. Charts made from it look like charts of a company.
//
// What is under version control follows the work: a branch, pushes and a pull request with its review come of
// items that somebody began, changesets in the projects that keep TFVC. It is lived when it is first asked for.
//
// A world is a pure function of (Seed, Size, Since, Now) and of the decisions it is given. The simulation
// never looks ahead, so a later Now with the same Since continues the same history: ids, revisions and
// watermarks that were seen stay as they are, and only what happened in between is new (or was destroyed).
// That is what makes a cursor kept from yesterday mean something today.
//
// Instants are milliseconds since the Unix epoch, UTC. Numbers with halves (points, hours) are counted
// in halves; -1 means there is none, which is not 0.
package world
