package sqlite_test

import (
	"slices"
	"strings"
	"testing"

	"sightline/backend/dataset"
)

// factQueries ask the documented views for what the fact tables hold, in the manner of factLines.
var factQueries = map[string]string{
	dataset.Commits: `SELECT project, repository, commit_id, author_address, committer_address, authored, committed, files_added, files_edited, files_deleted FROM git_commit`,
	dataset.PullRequests: `SELECT pull_request_id, project, repository, title, status, iif(draft, 'yes', 'no'), created_by_address,
		replace(source_branch, 'refs/heads/', ''), replace(target_branch, 'refs/heads/', ''), labels, created, closed, first_review, comments,
		(SELECT count(*) FROM pull_request_reviewer r WHERE r.pull_request_id = q.pull_request_id) FROM pull_request q`,
	dataset.Reviews: `SELECT pull_request_id, reviewer_address, CASE vote WHEN 10 THEN 'Approved' WHEN 5 THEN 'Approved with suggestions' WHEN 0 THEN 'No vote'
		WHEN -5 THEN 'Waiting for author' WHEN -10 THEN 'Rejected' END, iif(required, 'yes', 'no') FROM pull_request_reviewer`,
	dataset.PipelineRuns: `SELECT build_id, project, definition, iif(repository_kind = 'TfsGit', repository, NULL), number, status, result, reason, replace(branch, 'refs/heads/', ''), pool,
		requested_for_address, tags, queued, started, finished, iif(gone, 'yes', 'no') FROM build`,
	dataset.PipelineTasks: `WITH RECURSIVE up(build, task, record) AS (
		SELECT build_id, record, parent_record FROM build_timeline_record WHERE kind = 'Task' AND started IS NOT NULL
		UNION ALL SELECT u.build, u.task, r.parent_record FROM up u JOIN build_timeline_record r ON r.build_id = u.build AND r.record = u.record)
		SELECT t.build_id, t.name,
			(SELECT r.name FROM up u JOIN build_timeline_record r ON r.build_id = u.build AND r.record = u.record WHERE u.build = t.build_id AND u.task = t.record AND r.kind = 'Job'),
			(SELECT r.name FROM up u JOIN build_timeline_record r ON r.build_id = u.build AND r.record = u.record WHERE u.build = t.build_id AND u.task = t.record AND r.kind = 'Stage'),
			t.result, t.started, t.finished FROM build_timeline_record t JOIN build b USING (build_id) WHERE t.kind = 'Task' AND t.started IS NOT NULL`,
	dataset.TestRuns: `SELECT test_run_id, project, (SELECT build_id FROM build b WHERE b.build_id = r.build_id), name, state, iif(automated, 'yes', 'no'),
		CASE WHEN release_id IS NOT NULL THEN 'Release' WHEN build_id IS NOT NULL THEN 'Build' ELSE 'Manual' END, stage, started, completed,
		total, passed, failed, not_executed, CASE WHEN EXISTS (SELECT 1 FROM test_run_outcome o WHERE o.test_run_id = r.test_run_id AND o.project = r.project)
		THEN coalesce((SELECT results FROM test_run_outcome o WHERE o.test_run_id = r.test_run_id AND o.project = r.project AND outcome = 'NotImpacted'), 0) END FROM test_run r`,
	dataset.Deployments: `SELECT deployment_id, project, (SELECT build_id FROM build b WHERE b.build_id = d.build_id), release, definition, environment, status, reason,
		(SELECT address FROM person p WHERE p.name = d.requested_for), queued, started, completed FROM deployment d`,
	dataset.Changesets: `SELECT changeset_id, project, author_address, (SELECT address FROM person p WHERE p.name = c.checked_in_by), created, coalesce(comment, ''),
		(SELECT group_concat(path, '; ') FROM (SELECT DISTINCT b.path FROM changed_file f JOIN tfvc_branch b ON f.path = b.path OR substr(f.path, 1, length(b.path) + 1) = b.path || '/'
			WHERE f.changeset_id = c.changeset_id ORDER BY 1)), files FROM changeset c`,
	dataset.FileChanges: `SELECT changeset_id, ltrim(iif(added, '; Add', '') || iif(edited, '; Edit', '') || iif(deleted, '; Delete', '') || iif(renamed, '; Rename', '') || iif(branched, '; Branch', '')
		|| iif(merged, '; Merge', ''), '; '), iif(is_folder, NULL, '.cs'), iif(is_folder, NULL, replace(path, '/main.cs', '')) FROM changed_file`,
	dataset.TFVCBranches: `SELECT path, project, parent_path, iif(parent_path IS NULL, 0, 1), owner, created FROM tfvc_branch WHERE NOT deleted AND NOT gone`,
}

// TestTheFactsOfAWorldAreThoseOfTheViews compares every fact row of random worlds with the documented views.
func TestTheFactsOfAWorldAreThoseOfTheViews(t *testing.T) {
	for seed := uint64(1); seed <= seeds(3); seed++ {
		d := openNew(t)
		commit(t, d, mixedWorld(seed, 40, 40, 500)...)
		r, db := read(t, d), foreign(t, d.Path())
		for table, text := range factQueries {
			_, want := query(t, db, text)
			for i := range want {
				want[i] = strings.ReplaceAll(want[i], "null", "-")
			}
			got := factLines(t, r, table)
			for i, line := range got { // people by their address
				parts := strings.Split(line, "|")
				for j, p := range parts {
					if from := strings.LastIndex(p, " <"); from >= 0 && strings.HasSuffix(p, ">") {
						if parts[j] = p[from+2 : len(p)-1]; table == dataset.TFVCBranches {
							parts[j] = p[:from]
						}
					}
				}
				got[i] = strings.Join(parts, "|")
			}
			slices.Sort(got)
			slices.Sort(want)
			if len(want) == 0 || !slices.Equal(got, want) {
				t.Errorf("seed %d, %s: %d rows, the views have %d", seed, table, len(got), len(want))
				for i := 0; i < len(got) && i < len(want); i++ {
					if got[i] != want[i] {
						t.Errorf("\n got %q\nwant %q", got[i], want[i])
						break
					}
				}
			}
		}
	}
}
