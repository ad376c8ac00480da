package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"

	"sightline/backend/fault"
	"sightline/backend/signin"
)

// longestQuery bounds what is read from standard input.
const longestQuery = 4 << 20

// lines is standard input line by line; what one reader buffered the next one still finds.
func (v *verbs) lines() *bufio.Reader {
	if v.buffered == nil {
		v.buffered = bufio.NewReader(io.LimitReader(v.in, longestQuery))
	}
	return v.buffered
}

// read reads standard input with do, and gives up when the verb is to end: nobody may be typing.
func (v *verbs) read(ctx context.Context, do func(io.Reader) (string, error)) (string, error) {
	type input struct {
		text string
		err  error
	}
	came := make(chan input, 1)
	go func() { // ends with the process when nothing comes
		text, err := do(v.in)
		came <- input{text, err}
	}()
	select {
	case i := <-came:
		return i.text, i.err
	case <-ctx.Done():
		return "", fault.Wrap("cli.read", ctx.Err())
	}
}

// readQuery reads all of standard input.
func (v *verbs) readQuery(ctx context.Context) ([]byte, error) {
	text, err := v.read(ctx, func(in io.Reader) (string, error) {
		b, err := io.ReadAll(io.LimitReader(in, longestQuery+1))
		return string(b), err
	})
	if ctx.Err() != nil {
		return nil, err
	}
	if err != nil || strings.TrimSpace(text) == "" {
		return nil, fault.New(fault.Invalid, "cli.readQuery", "No query came on standard input.", "For example: sightline query DATASET < query.json").Because(err)
	}
	if len(text) > longestQuery {
		return nil, fault.New(fault.Invalid, "cli.readQuery", "The query on standard input is longer than 4 MiB.", "Ask for less at once.")
	}
	return []byte(text), nil
}

// readToken takes the first line of standard input, or the second when the first is the passphrase.
func (v *verbs) readToken(ctx context.Context) (signin.Secret, error) {
	return v.readSecret(ctx, "personal access token", "sightline connect … --token-stdin < token.txt")
}

// readSecret takes the next line of standard input.
func (v *verbs) readSecret(ctx context.Context, what, example string) (signin.Secret, error) {
	line, err := v.read(ctx, func(io.Reader) (string, error) { return v.lines().ReadString('\n') })
	if ctx.Err() != nil {
		return signin.Secret{}, err
	}
	if line = strings.TrimSpace(line); line == "" || err != nil && !errors.Is(err, io.EOF) {
		return signin.Secret{}, fault.New(fault.Invalid, "cli.readSecret", "No "+what+" came on standard input.", "For example: "+example).Because(err)
	}
	return signin.NewSecret(line), nil
}
