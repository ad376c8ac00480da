package columns

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
)

func TestWhoWaitsForRowsThatAnotherGaveUpFindsThemItself(t *testing.T) {
	for name, giveUp := range map[string]func() ([]int32, error){
		"cancelled": func() ([]int32, error) { return nil, context.Canceled },
		"panicked":  func() ([]int32, error) { panic("a defect") },
	} {
		sh, began, giveUpNow := newShared(), make(chan struct{}), make(chan struct{})
		var wait sync.WaitGroup
		wait.Go(func() {
			defer func() { _ = recover() }()
			_, err := sh.rows(context.Background(), "key", func() ([]int32, error) {
				close(began)
				<-giveUpNow
				return giveUp()
			})
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s: it heard %v", name, err)
			}
		})
		<-began
		finds := 0
		var mu sync.Mutex
		for range 3 {
			wait.Go(func() {
				rows, err := sh.rows(context.Background(), "key", func() ([]int32, error) {
					mu.Lock()
					defer mu.Unlock()
					finds++
					return []int32{4, 7}, nil
				})
				if err != nil || !slices.Equal(rows, []int32{4, 7}) {
					t.Errorf("%s: who waited got %v, %v", name, rows, err)
				}
			})
		}
		gone, cancel := context.WithCancel(context.Background())
		cancel()
		if _, err := sh.rows(gone, "key", func() ([]int32, error) { return nil, gone.Err() }); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: who is cancelled while it waits got %v", name, err)
		}
		close(giveUpNow)
		wait.Wait()
		if finds != 1 {
			t.Errorf("%s: found %d times", name, finds)
		}
	}
}
