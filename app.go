package main

import (
	"context"
	"crypto/sha256"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"sightline/backend/cli"
	"sightline/backend/desktop"
	"sightline/backend/fault"
	"sightline/backend/sampleorg"
	"sightline/backend/signin"
	"sightline/backend/signin/vault"
	"sightline/backend/sqlite"
	"sightline/backend/workspace"
)

// openProgram is the composition root: it opens the workspace, wires the parts and starts the program.
// The returned function closes everything in reverse order.
func openProgram(ctx context.Context, o cli.OpenOptions) (*desktop.Program, func(), error) {
	const op = "main.openProgram"
	dir, err := filepath.Abs(o.DataDir)
	if err != nil {
		return nil, nil, fault.Wrap(op, err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, nil, fault.New(fault.ReadOnly, op, "The data folder "+dir+" cannot be made.", "Choose another with --data-dir.").Because(err)
	}
	log, closeLog := openLog(dir)
	store, err := sqlite.OpenWorkspace(ctx, filepath.Join(dir, "workspace.db"), time.Now)
	if err != nil {
		closeLog()
		return nil, nil, fault.Wrap(op, err)
	}
	secrets, err := vault.Open(vault.Options{
		Dir: filepath.Join(dir, "sign-ins"), Keyring: vault.OSKeyring(), Fallback: vault.KernelKeyring(),
	})
	if err != nil {
		_ = store.Close() // nothing was written yet
		closeLog()
		return nil, nil, fault.Wrap(op, err)
	}
	cache := cacheDir(dir)
	sample := &sampleHost{settings: store}
	p := desktop.New(desktop.Parts{
		Version: version, DataDir: dir, CacheDir: cache, Workspace: store, Vault: secrets,
		Files: datasetFiles{dir: filepath.Join(dir, "datasets"), log: log}, Sample: sample,
		HTTP: &http.Client{Timeout: 30 * time.Second}, Platform: o.Platform, Timer: timerOf(dir), Clock: time.Now, TimeZone: localZone(), Log: log,
	})
	go signin.SweepStale(cache) // throw-away profiles that a crash left behind; ending their windows takes seconds
	p.Open(o.Background)
	return p, func() {
		p.Close()
		sample.close()
		_ = store.Close() // every change was committed when it was made
		closeLog()
	}, nil
}

// openLog writes a small log beside the data; it never holds a secret. A folder that cannot be written
// has a log nowhere, which is no reason not to start.
func openLog(dir string) (*slog.Logger, func()) {
	path := filepath.Join(dir, "sightline.log")
	if info, err := os.Stat(path); err == nil && info.Size() > 4<<20 {
		_ = os.Rename(path, path+".1") // the older half; losing it loses nothing that is needed
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return slog.New(slog.DiscardHandler), func() {}
	}
	return slog.New(slog.NewTextHandler(f, nil)), func() { _ = f.Close() }
}

// defaultDataDir is the person's own data folder: XDG_DATA_HOME or ~/.local/share on Linux, AppData on
// Windows, Application Support on macOS.
func defaultDataDir() (string, error) {
	if d := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(d) {
		return filepath.Join(d, "sightline"), nil
	}
	base, err := os.UserConfigDir()
	if err != nil {
		return "", fault.New(fault.Invalid, "main.defaultDataDir", "This person has no home folder.", "Name a folder with --data-dir.").Because(err)
	}
	if home, err := os.UserHomeDir(); err == nil && base == filepath.Join(home, ".config") {
		base = filepath.Join(home, ".local", "share")
	}
	return filepath.Join(base, "sightline"), nil
}

// cacheDir holds what may be lost: throw-away browser profiles.
func cacheDir(dataDir string) string {
	if base, err := os.UserCacheDir(); err == nil {
		return filepath.Join(base, "sightline")
	}
	return filepath.Join(dataDir, "cache")
}

// localZone is the IANA name of this computer's zone. Go knows it only as "Local", so the usual places
// are asked; UTC stands for a zone that cannot be named.
func localZone() string {
	for _, name := range []string{os.Getenv("TZ"), zoneOfLink("/etc/localtime"), zoneOfFile("/etc/timezone")} {
		if name == "" {
			continue
		}
		if _, err := time.LoadLocation(name); err == nil {
			return name
		}
	}
	return "UTC"
}

func zoneOfLink(path string) string {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return ""
	}
	_, name, _ := strings.Cut(target, "zoneinfo/")
	return name
}

func zoneOfFile(path string) string {
	b, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(b))
}

// sampleHost starts the embedded sample organization once a process.
type sampleHost struct {
	settings workspace.Store

	mu     sync.Mutex
	server *sampleorg.Server
}

// sampleSeed makes the organization that every person explores.
const sampleSeed = 1

// sampleSince is the setting that keeps the first day of the sample's history.
const sampleSince = "sample.since"

// Start starts it, or says where it runs. Its first day is kept, so that at the next start
// the same organization is there, some days older: cursors and sign-ins still hold.
func (h *sampleHost) Start(ctx context.Context) (desktop.Sample, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.server == nil {
		if err := h.start(ctx); err != nil {
			return desktop.Sample{}, fault.New(fault.Internal, "main.sample", "The sample organization could not start.", "Restart Sightline.").Because(err)
		}
	}
	a := h.server.Announcement()
	return desktop.Sample{URL: a.OrganizationURL, Authority: a.Authority, ClientID: a.ClientID, Token: signin.NewSecret(a.PersonalAccessToken)}, nil
}

func (h *sampleHost) start(ctx context.Context) error {
	since, err := h.since(ctx)
	if err != nil {
		return err
	}
	// It outlives the attempt that asked for it; close ends it.
	h.server, err = sampleorg.Start(context.WithoutCancel(ctx), sampleorg.Options{Seed: sampleSeed, Size: sampleorg.Small, Since: since, Secret: secret()})
	if err != nil {
		return err
	}
	return h.settings.PutSetting(ctx, sampleSince, h.server.Since().Format(time.RFC3339))
}

// since is the first day of the history that datasets hold, or zero for a new one while none does.
func (h *sampleHost) since(ctx context.Context) (time.Time, error) {
	connections, err := h.settings.Connections(ctx)
	if err != nil || !slices.ContainsFunc(connections, func(c workspace.Connection) bool { return c.Sample }) {
		return time.Time{}, err
	}
	kept, err := h.settings.Setting(ctx, sampleSince)
	if err != nil || kept == "" {
		return time.Time{}, err
	}
	return time.Parse(time.RFC3339, kept)
}

// secret keeps the tokens of the sample's own sign-in valid over a restart. It is no secret: they open an
// invented organization whose passwords stand on its sign-in page, on this computer alone.
func secret() []byte {
	sum := sha256.Sum256([]byte("the tokens of the sample organization guard nothing"))
	return sum[:]
}

func (h *sampleHost) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.server != nil {
		_ = h.server.Close() // the process ends with it
		h.server = nil
	}
}
