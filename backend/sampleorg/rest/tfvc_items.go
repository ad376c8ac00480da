package rest

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"sightline/backend/sampleorg/world"
)

// fileHash stands for the hash of a file's contents.
func fileHash(path string, version int) string {
	sum := sha256.Sum256([]byte(path + "\x00" + strconv.Itoa(version)))
	return base64.StdEncoding.EncodeToString(sum[:16])
}

// tfvcItem is one file or folder of TFVC as it stands now.
type tfvcItem struct {
	path    string
	version int
	at      int64
	size    int64
	folder  bool
}

// tfvcItems lists what stands at a path: that alone, one level below it, or everything.
func (c *call) tfvcItems() *refusal {
	scope := strings.TrimSuffix(c.param("scopePath"), "/")
	if scope == "" {
		scope = "$"
		if c.project != nil {
			scope = c.project.Root()
		}
	}
	deep := strings.Count(scope, "/")
	switch strings.ToLower(c.param("recursionLevel")) {
	case "onelevel", "onelevelplusnestedemptyfolders", "1", "4":
		deep++
	case "full", "120":
		deep = 1 << 20
	}
	branches := map[string]bool{}
	for _, b := range c.allBranches() {
		branches[b.Path] = b.Deleted == 0
	}
	rows := []any{}
	for _, it := range c.standing() {
		if !isBelow(it.path, strings.ToLower(scope)) || strings.Count(it.path, "/") > deep {
			continue
		}
		v := obj{"version": it.version, "changeDate": zuluTime(it.at), "path": it.path, "url": c.base + "/_apis/tfvc/items" + escapedPath(it.path) + "?versionType=Changeset&version=" + strconv.Itoa(it.version)}
		if it.folder {
			v["isFolder"] = true
			if branches[it.path] {
				v["isBranch"] = true
			}
		} else {
			v["size"], v["hashValue"] = it.size, fileHash(it.path, it.version)
		}
		rows = append(rows, v)
	}
	if len(rows) == 0 {
		return &refusal{status: http.StatusNotFound, typeKey: "ItemNotFoundException", message: "TF10122: The path '" + scope + "' contains no item, or you do not have permission to see it.",
			typeName: "Microsoft.TeamFoundation.VersionControl.Server.ItemNotFoundException, Microsoft.TeamFoundation.VersionControl.Server"}
	}
	return c.list(rows)
}

// standing are the files and folders that exist now, by path, found by going through every changeset.
func (c *call) standing() []tfvcItem {
	now := map[string]tfvcItem{}
	for _, cs := range c.world.Changesets() {
		if c.project != nil && cs.Project != c.project || c.hides(cs.Project) {
			continue
		}
		for _, f := range cs.Changes {
			if f.Kind&world.ChangeDelete == 0 {
				now[f.Path] = tfvcItem{f.Path, cs.ID, cs.At, f.Size, f.Folder}
				// A folder that nobody added by itself stands because something stands in it.
				for at := strings.LastIndexByte(f.Path, '/'); at > 1; at = strings.LastIndexByte(f.Path[:at], '/') {
					if _, ok := now[f.Path[:at]]; !ok {
						now[f.Path[:at]] = tfvcItem{f.Path[:at], cs.ID, cs.At, 0, true}
					}
				}
				continue
			}
			delete(now, f.Path)
			if f.Folder {
				for p := range now {
					if strings.HasPrefix(p, f.Path+"/") {
						delete(now, p)
					}
				}
			}
		}
	}
	all := make([]tfvcItem, 0, len(now))
	for _, it := range now {
		all = append(all, it)
	}
	slices.SortFunc(all, func(a, b tfvcItem) int { return strings.Compare(a.path, b.path) })
	return all
}
