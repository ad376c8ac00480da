package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"sightline/backend/desktop"
	"sightline/backend/devops"
	"sightline/backend/fault"
)

func refreshCommand(v *verbs) *cobra.Command {
	var due, full bool
	c := &cobra.Command{
		Use: "refresh DATASET | refresh --due", Short: "Refresh a dataset, or all that are due, and wait for the end",
		Long: "Refreshes a dataset and waits for the end.\n\nWith --full everything is loaded again into a second file beside the first, which stays readable and\n" +
			"is replaced when the second is whole.\n\nWith --due, for a timer, every dataset whose schedule says so is refreshed, one line of JSON each. A dataset that\n" +
			"another Sightline has open is left to it, and so is one for which only a person can sign in again. The status is 0 when\n" +
			"none failed, also when none was due.",
		RunE: func(c *cobra.Command, args []string) error {
			switch {
			case due && (full || len(args) > 0):
				return fmt.Errorf("%w: --due stands alone", errUse)
			case due:
				return v.refreshDue(c)
			}
			if err := arguments(1, args); err != nil {
				return err
			}
			return v.refreshOne(c, args[0], full)
		},
	}
	c.Flags().BoolVar(&due, "due", false, "refresh all datasets that are due")
	c.Flags().BoolVar(&full, "full", false, "load everything again into a second file, then swap")
	v.passphraseFlag(c)
	return c
}

func (v *verbs) refreshOne(c *cobra.Command, name string, full bool) error {
	p, done, err := v.openUnlocked(c.Context())
	if err != nil {
		return err
	}
	defer done()
	d, err := p.FindDataset(c.Context(), name)
	if err != nil {
		return err
	}
	refresh := p.Refresh
	if full {
		refresh = p.Reload
	}
	end, err := refresh(c.Context(), d.ID, v.tellProgress)
	if err != nil {
		return err
	}
	return v.print(end)
}

func (v *verbs) refreshDue(c *cobra.Command) error {
	p, done, err := v.openUnlocked(c.Context())
	if err != nil {
		return err
	}
	defer done()
	failed := 0
	err = p.RefreshDue(c.Context(), v.tellProgress, func(r desktop.DueResult) error {
		switch r.Outcome {
		case "failed":
			failed++
			v.tell("%s: %s", r.Name, r.Fault.Message)
		case "inUse":
			v.tell("%s: another Sightline has it open and keeps it fresh.", r.Name)
		case "needsSignIn":
			v.tell("%s: %s %s", r.Name, r.Fault.Message, r.Fault.Hint)
		}
		return v.printLine(r)
	})
	if err == nil && failed > 0 {
		err = fault.New(fault.Internal, "cli.refreshDue", fmt.Sprintf("%d of the datasets that are due could not be refreshed.", failed), "The lines above say why; they are tried again.")
	}
	return err
}

// printLine writes one JSON value on one line, for programs that read line by line.
func (v *verbs) printLine(value any) error {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return fault.Wrap("cli.print", err)
	}
	_, err := v.out.Write(escapeHostile(text.Bytes()))
	return fault.Wrap("cli.print", err)
}

func verifyCommand(v *verbs) *cobra.Command {
	c := &cobra.Command{
		Use: "verify DATASET", Short: "Ask the server what it holds and compare", Args: exactly(1),
		Long: "Asks the server how many of everything it holds, by other ways than a refresh reads, and compares with the dataset.\n" +
			"The status is 0 when nothing is missing (rows that are gone on the server and kept here are no gap), 1 otherwise, also when\n" +
			"nothing could be compared.",
		RunE: func(c *cobra.Command, args []string) error {
			p, done, err := v.openUnlocked(c.Context())
			if err != nil {
				return err
			}
			defer done()
			d, err := p.FindDataset(c.Context(), args[0])
			if err != nil {
				return err
			}
			proof, err := p.Verify(c.Context(), d.ID)
			if err != nil {
				return err
			}
			if err := v.print(proof); err != nil {
				return err
			}
			return gap(d.Name, proof)
		},
	}
	v.passphraseFlag(c)
	return c
}

// gap is the fault of a proof in which something is missing.
func gap(name string, proof desktop.ProofView) error {
	var f *fault.Error
	for _, r := range proof.Rows {
		if r.State != "missing" {
			continue
		}
		if f == nil {
			f = fault.New(fault.NotFound, "cli.verify", "The server has something that "+name+" has not.", "Refresh it, and reload everything with --full if that does not help.")
		}
		f.With(r.Name, fmt.Sprintf("%d missing", r.Missing))
	}
	if f != nil {
		return f
	}
	return incomparable(name, proof)
}

// mostNotes bounds how many of a proof's notes a fault repeats; all of them are in the answer.
const mostNotes = 5

// incomparable is the fault of a proof that proves nothing, because the server could not be asked about anything
// but the names of the projects, which come with the sign-in.
func incomparable(name string, proof desktop.ProofView) error {
	compared := func(r desktop.ProofRowView) bool { return r.Entity != string(devops.Projects) && r.State != "unknown" }
	if slices.ContainsFunc(proof.Rows, compared) {
		return nil
	}
	f := fault.New(fault.NotFound, "cli.verify", "Nothing of "+name+" could be compared: "+proof.Organization+" did not say what it holds, asked as "+proof.Person+".",
		"Look at the reasons, refresh the dataset, and verify again.")
	for _, note := range proof.Notes[:min(mostNotes, len(proof.Notes))] {
		f.With("Not asked", note)
	}
	if more := len(proof.Notes) - mostNotes; more > 0 {
		f.With("Not asked", fmt.Sprintf("and %d more", more))
	}
	return f
}

func timerCommand(v *verbs) *cobra.Command {
	c := &cobra.Command{
		Use: "timer on|off|show", Short: "The timer of the operating system that refreshes while no window is open",
		Long: "Writes, removes or shows the timer that runs `sightline refresh --due`: a systemd user timer, a task of the Windows\n" +
			"Task Scheduler, or a launchd agent. It carries the data folder along.",
		ValidArgs: []string{"on", "off", "show"},
		RunE: func(c *cobra.Command, args []string) error {
			if err := arguments(1, args); err != nil {
				return err
			}
			p, done, err := v.open(c.Context())
			if err != nil {
				return err
			}
			defer done()
			return v.timer(p.Services().Shell, args[0])
		},
	}
	return c
}

func (v *verbs) timer(shell *desktop.Shell, what string) error {
	var view desktop.TimerView
	var err error
	switch what {
	case "on", "off":
		view, err = shell.SetTimer(what == "on")
	case "show":
		view, err = shell.Timer()
	default:
		return fmt.Errorf("%w: a timer is switched on, off, or shown, not %q", errUse, what)
	}
	if err != nil {
		return err
	}
	return v.print(view)
}
