package columns

import "testing"

func TestWordsOfTheServiceAreWrittenForPeople(t *testing.T) {
	for word, want := range map[string]string{"partiallySucceeded": "Partially succeeded", "succeededWithIssues": "Succeeded with issues", "individualCI": "Individual CI",
		"batchedCI": "Batched CI", "pullRequest": "Pull request", "InProgress": "In progress", "failed": "Failed", "Zurück": "Zurück", "": "", "X": "X"} {
		if got := spoken(word); got != want {
			t.Errorf("%s: %s, want %s", word, got, want)
		}
	}
}
