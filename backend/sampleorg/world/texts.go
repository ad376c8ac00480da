package world

import (
	"fmt"
	"strings"
)

// Description is the long text of an item, as HTML. It depends on the item alone.
func (w *World) Description(id uint32) string {
	if w.foul(id) {
		return "<div>" + foulText(mix(uint64(id))>>0) + "</div>"
	}
	it := &w.Items[id-1]
	d := &domains[it.topic.domain]
	thing := d.things[it.topic.thing]
	n := mix(uint64(id))
	actor := d.actors[n%uint64(len(d.actors))]
	return fmt.Sprintf("<div>%s told us about the %s. Today they cannot %s; afterwards they can, %s.</div><div><br></div><div>Out of scope: everything about the %s.</div>",
		actor, thing, d.abilities[n>>8%uint64(len(d.abilities))], qualifiers[n>>16%uint64(len(qualifiers))], d.things[n>>24%uint64(len(d.things))])
}

// Steps are the steps to reproduce a bug, as HTML.
func (w *World) Steps(id uint32) string {
	if w.foul(id) {
		return "<div>" + foulText(mix(uint64(id))>>8) + "</div>"
	}
	it := &w.Items[id-1]
	d := &domains[it.topic.domain]
	n := mix(uint64(id) << 1)
	return fmt.Sprintf("<ol><li>Open the %s</li><li>Try to %s</li><li>Look at the %s</li></ol><div>It %s %s.</div>", d.things[it.topic.thing], d.abilities[n%uint64(len(d.abilities))],
		d.things[n>>8%uint64(len(d.things))], symptoms[n>>16%uint64(len(symptoms))], conditions[n>>24%uint64(len(conditions))])
}

// Acceptance are the acceptance criteria of a requirement, as HTML.
func (w *World) Acceptance(id uint32) string {
	if w.foul(id) {
		return "<div>" + foulText(mix(uint64(id))>>16) + "</div>"
	}
	it := &w.Items[id-1]
	d := &domains[it.topic.domain]
	n := mix(uint64(id) << 2)
	return fmt.Sprintf("<ul><li>Works %s</li><li>The %s still works</li></ul>", qualifiers[n%uint64(len(qualifiers))], d.things[n>>8%uint64(len(d.things))])
}

var remarks = []string{
	"I can see this too, %s.", "Blocked until the test data is back; asked in the channel.", "Fixed on the branch, waiting for review.", "Could not reproduce it %s. Which version was it?",
	"Agreed in refinement: we do the small version first.", "The customer confirmed that it also happens %s.", "Moved the rest into a story of its own.", "Please add a screenshot and the request id.",
	"Logs are attached. It starts right after the release.", "Estimate is low on purpose: the hard part was done last sprint.", "Checked with legal, no objection.", "Done, but not yet behind the flag %s.",
}

// Remark is the text of the numbered comment of an item.
func (w *World) Remark(id uint32, number int) string {
	n := mix(uint64(id)<<20 | uint64(number))
	if w.foul(id) {
		return foulText(n)
	}
	text := remarks[n%uint64(len(remarks))]
	if strings.Contains(text, "%s") {
		text = fmt.Sprintf(text, conditions[n>>8%uint64(len(conditions))])
	}
	return text
}

// BuildNumber is the name of a numbered build of a project: a date and the build of that day.
func (w *World) BuildNumber(p *Project, number uint16) string {
	day := int(number-1) / 4
	name := strings.ReplaceAll(p.first, " ", "")
	return fmt.Sprintf("%s_%s.%d", name, timeOf(w.DayStart(day)).Format("20060102"), int(number-1)%4+1)
}
