package vault

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"sightline/backend/fault"
)

// read returns the sealed file of id.
func (v *Vault) read(id string) ([]byte, error) {
	const op = "vault.read"
	missing := fault.New(fault.NotFound, op, "No sign-in is stored for this connection.", "Sign in.").Offering(fault.SignInAgain)
	if v.options.Dir == "" {
		return nil, missing
	}
	sealed, err := os.ReadFile(v.path(id))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, missing
	}
	if err != nil {
		return nil, diskFault(op, "The stored sign-in could not be read.", err)
	}
	return sealed, nil
}

// stored lists the ids that have a file.
func (v *Vault) stored() []string {
	entries, _ := os.ReadDir(v.options.Dir) // not a pattern: the name of the folder may hold anything
	var ids []string
	for _, entry := range entries {
		if id, sealed := strings.CutSuffix(entry.Name(), sealedSuffix); sealed {
			ids = append(ids, id)
		}
	}
	return ids
}

const sealedSuffix = ".sealed"

func (v *Vault) path(id string) string { return filepath.Join(v.options.Dir, id+sealedSuffix) }

func checkID(op, id string) error {
	if identifier.MatchString(id) {
		return nil
	}
	return fault.New(fault.Invalid, op, fmt.Sprintf("%q cannot name a stored sign-in.", id), "Names hold lower-case letters, digits, dots, hyphens and underscores.")
}

// diskFault says in a person's words what the disk refused.
func diskFault(op, message string, cause error) error {
	switch {
	case errors.Is(cause, syscall.ENOSPC):
		return fault.New(fault.DiskFull, op, message+" The disk is full.", "Free some space, then try again.").Because(cause)
	case errors.Is(cause, fs.ErrPermission), errors.Is(cause, syscall.EROFS):
		return fault.New(fault.ReadOnly, op, message+" The folder does not allow it.", "Check the permissions of the data folder.").Because(cause)
	}
	return fault.New(fault.Internal, op, message, "Try again; if it comes back, restart Sightline.").Because(cause)
}
