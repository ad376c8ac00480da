// Package cli holds the verbs: what Sightline does without a face, for scripts, schedulers and checks.
// Results are JSON on standard output, progress and errors go to standard error, and the exit status is
// 0 done, 1 failed, 2 wrong use.
package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/spf13/cobra"

	"sightline/backend/desktop"
	"sightline/backend/fault"
	"sightline/backend/signin"
)

// Host is what the composition root offers to the verbs.
type Host struct {
	Version string
	Pages   fs.FS  // the built interface
	CSP     string // policy of every page
	// Open opens the workspace for one verb. The returned function closes it.
	Open func(ctx context.Context, o OpenOptions) (*desktop.Program, func(), error)
	// Window opens the window and returns when it was closed.
	Window func(ctx context.Context, dataDir string) error
	// DefaultDataDir is where data is kept unless somebody says otherwise.
	DefaultDataDir func() (string, error)
}

// OpenOptions say how a verb opens the workspace.
type OpenOptions struct {
	DataDir    string
	Platform   desktop.Platform
	Background bool // go on with interrupted loads and keep the schedule
}

// errUse marks wrong use of a verb, as opposed to a verb that failed.
var errUse = errors.New("wrong use")

// Run runs the verb that args name and returns the exit status.
func Run(ctx context.Context, h Host, args []string, in io.Reader, out, diag io.Writer) int {
	root := rootCommand(&verbs{Host: h, in: in, out: out, diag: diag})
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(diag)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return 0
	}
	complain(diag, err)
	if errors.Is(err, errUse) || fault.Is(err, fault.Invalid) {
		return 2
	}
	return 1
}

// verbs carries what every verb needs.
type verbs struct {
	Host
	in       io.Reader
	buffered *bufio.Reader // of in, once a line was read
	out      io.Writer
	diag     io.Writer
	dataDir  string
	// passphraseStdin says that the first line of standard input is the passphrase of the stored sign-ins.
	passphraseStdin bool
	passphrase      signin.Secret // once it was read
}

func rootCommand(v *verbs) *cobra.Command {
	root := &cobra.Command{
		Use:           "sightline",
		Short:         "Azure DevOps on your own machine: dashboard, report and dataset",
		Long:          "Sightline loads Azure DevOps into files on your own machine and shows them as a dashboard and a report.\nWithout a verb it opens its window.",
		Version:       v.Version,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			dir, err := v.dir()
			if err != nil {
				return err
			}
			return v.Window(c.Context(), dir)
		},
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return fmt.Errorf("%w: %w", errUse, err) })
	root.PersistentFlags().StringVar(&v.dataDir, "data-dir", "", "folder of the data (default: SIGHTLINE_DATA_DIR, else the person's own data folder)")
	root.PersistentFlags().Bool("json", true, "answers are JSON, with or without this")
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(
		connectCommand(v), signInCommand(v), accountsCommand(v), datasetsCommand(v), refreshCommand(v), verifyCommand(v), timerCommand(v), modelCommand(v), queryCommand(v), pageCommand(v), exportCommand(v),
		serveCommand(v), sampleCommand(v), versionCommand(v),
	)
	return root
}

func versionCommand(v *verbs) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(v.out, v.Version)
			return err
		},
	}
}

func noArguments(_ *cobra.Command, args []string) error { return arguments(0, args) }

// exactly asks for n arguments.
func exactly(n int) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error { return arguments(n, args) }
}

func arguments(n int, args []string) error {
	if len(args) == n {
		return nil
	}
	if n == 0 && len(args) > 0 {
		return fmt.Errorf("%w: there is no verb %q", errUse, args[0])
	}
	return fmt.Errorf("%w: %d arguments are needed, not %d", errUse, n, len(args))
}

// complain tells a person what went wrong and what to do.
func complain(w io.Writer, err error) {
	if errors.Is(err, errUse) {
		tellTo(w, "sightline: %v", err)
		tellTo(w, "Run 'sightline --help' for the verbs.")
		return
	}
	r := fault.ReportOf(err)
	tellTo(w, "sightline: %s", r.Message)
	if r.Hint != "" {
		tellTo(w, "%s", r.Hint)
	}
	for _, f := range r.Facts {
		tellTo(w, "  %s: %s", f.Name, f.Value)
	}
}
