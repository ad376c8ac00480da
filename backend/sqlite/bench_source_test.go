package sqlite_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"sightline/backend/devops"
)

// benchCommits makes commits of ten repositories in pages, as many of them as a large organization pushes in
// an hour.
func benchCommits(rows, page int) []devops.Batch {
	repositories := make([]string, 10)
	for i := range repositories {
		repositories[i] = guid("bench", i)
	}
	var out []devops.Batch
	for made := 0; made < rows; {
		b := devops.Batch{Cursor: &devops.Cursor{Feed: "commits", Token: fmt.Sprint(made)}}
		for ; len(b.Commits) < page && made < rows; made++ {
			who := devops.Signature{Name: fmt.Sprint("Author ", made%400), Address: fmt.Sprintf("author%d@example.com", made%400), At: epoch.Add(time.Duration(made) * time.Minute)}
			b.Commits = append(b.Commits, devops.Commit{RepositoryID: repositories[made/page%10], ID: sha(made), Author: who, Committer: who,
				Comment: fmt.Sprintf("Merged PR %d: mend the checkout when the cart is empty", made), Adds: count(1), Edits: count(made % 7), Deletes: count(0)})
		}
		out = append(out, b)
	}
	return out
}

// benchTimelines makes builds with the 140 records that the timeline of one has.
func benchTimelines(builds int) []devops.Batch {
	var out []devops.Batch
	for i := range builds {
		at := epoch.Add(time.Duration(i) * time.Minute)
		l := devops.Timeline{BuildID: i + 1, ProjectID: fabrikam, Read: at}
		for r := range 140 {
			l.Records = append(l.Records, devops.TimelineRecord{ID: guid("record", i*140+r), ParentID: guid("record", i*140+r/10), Kind: "Task", Name: fmt.Sprint("Step ", r),
				Identifier: fmt.Sprint("build.linux.", r), State: "completed", Result: "succeeded", Worker: fmt.Sprint("agent ", i%20), Order: r, Attempt: 1,
				Started: at.Add(time.Duration(r) * time.Second), Finished: at.Add(time.Duration(r+1) * time.Second)})
		}
		out = append(out, devops.Batch{Timelines: []devops.Timeline{l}, Builds: []devops.Build{{ID: i + 1, ProjectID: fabrikam, Number: fmt.Sprint(i), DefinitionID: i % 40,
			DefinitionName: "CI", Status: devops.BuildCompleted, Result: "succeeded", Reason: "individualCI", Branch: "refs/heads/main", Commit: sha(i), Queued: at, Started: at, Finished: at}}})
	}
	return out
}

// BenchmarkCommitSources stores commits, and builds with their timelines.
func BenchmarkCommitSources(b *testing.B) {
	for _, c := range []struct {
		name    string
		rows    int
		batches []devops.Batch
	}{{"commits", 100_000, benchCommits(100_000, 1000)}, {"records", 70_000, benchTimelines(500)}} {
		b.Run(c.name, func(b *testing.B) {
			for range b.N {
				d := benchDataset(b)
				before := cpuTime()
				for _, batch := range c.batches {
					if _, err := d.Commit(context.Background(), batch); err != nil {
						b.Fatal(err)
					}
				}
				spent := cpuTime() - before
				if err := d.Refreshed(context.Background(), epoch); err != nil {
					b.Fatal(err)
				}
				info, err := os.Stat(d.Path())
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(c.rows)/spent.Seconds(), "rows/s-cpu")
				b.ReportMetric(float64(info.Size())/float64(c.rows), "bytes/row")
				d.Close()
			}
		})
	}
}
