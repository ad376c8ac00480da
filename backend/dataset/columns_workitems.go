package dataset

import (
	"slices"
	"strings"
)

// The folders of columns of work items.
const (
	folderBoards    = "Boards"
	folderParents   = "Parents"
	folderRollups   = "Rollup"
	folderQuality   = "Data quality"
	folderFields    = "Fields"
	folderCustom    = "Custom fields"
	asItIsNow       = ", as it is now"
	rollupColumnNow = " Links have no history in memory: descendants are those of now."
)

// placeColumns say where an item stands on a board. A name is as the item had it at the time.
func placeColumns() []Column {
	return []Column{
		grouped(IsRequirement, Boolean, RoleNone, "True for types of the requirement backlog that are not bugs, whatever a process calls them."),
		grouped(BoardColumnName, Text, RoleNone, "Column of the board; (Blank) off the boards and for a column that no board has any more (M26).").field("System.BoardColumn").in(folderBoards).sorted("order on the boards"),
		grouped(BoardLane, Text, RoleNone, "Lane of the board.").field("System.BoardLane").in(folderBoards).sorted("order on the boards"),
		grouped(BoardDone, Boolean, RoleNone, "True in the part Done of a column that is split, false in Doing.").field("System.BoardColumnDone").in(folderBoards),
	}
}

// moreDateColumns are the dates that the service keeps and what follows from the target date.
func moreDateColumns() []Column {
	date := func(ref FieldRef, what, field string) Column {
		return grouped(ref, Date, RoleDate, what+asItIsNow+".").field("Microsoft.VSTS.Common." + field).in("Dates")
	}
	until := number(DaysUntilTarget, "Days", "days", "days", "Whole days from the as-of day to the target date; blank when it lies behind or the item is Completed (M9).")
	past := number(DaysPastTarget, "Days", "days", "days", "Whole days from the target date to the as-of day; blank until it has passed and when the item is Completed (M9).")
	until.Type, past.Type, until.Format, past.Format = Integer, Integer, "integer", "integer"
	return []Column{
		date(ActivatedDate, "Day on which the service last saw the item activated", "ActivatedDate"),
		date(ResolvedDate, "Day on which the service last saw the item resolved", "ResolvedDate"),
		date(ClosedDate, "Day on which the service last saw the item closed", "ClosedDate"),
		date(StateChangedDate, "Day of the last change of the state", "StateChangeDate"),
		until, past,
	}
}

// qualityColumns find open items that somebody should look at.
func qualityColumns() []Column {
	flag := func(ref FieldRef, description string) Column {
		return grouped(ref, Boolean, RoleNone, description).in(folderQuality)
	}
	return []Column{
		flag(IsUnestimated, "True for an open requirement without an estimate; 0 is an estimate."),
		flag(IsUnassigned, "True for an open item that nobody is assigned to."),
		flag(HasNoIteration, "True for an open item that stands in no iteration but the root."),
		flag(IsStale, "True for an open item that nobody changed in the 30 days before the as-of day."),
	}
}

// rollupColumns count and add up what lies below an item (M27 to M29).
func rollupColumns(unit string) []Column {
	n := func(ref FieldRef, unit, format, description string) Column {
		return number(ref, folderRollups, unit, format, description+rollupColumnNow)
	}
	count := func(ref FieldRef, description string) Column {
		c := n(ref, "", "integer", description)
		c.Type = Integer
		return c
	}
	return []Column{
		count(Children, "Number of items directly below."),
		count(Descendants, "Number of items below at any depth."),
		count(RollupRequirements, "Number of requirements below at any depth, bugs left out (M27)."),
		count(RollupBugs, "Number of bugs below at any depth (M27)."),
		n(RollupEstimate, unit, "decimal1", "Sum of the estimates of the requirements below; null counts as 0 (M27)."),
		n(RollupCompletedEstimate, unit, "decimal1", "Sum of the estimates of the requirements below that are Completed (M27)."),
		n(RollupRemainingWork, "hours", "hours", "Sum of the remaining work below; null counts as 0 (M27)."),
		n(RollupCompletedWork, "hours", "hours", "Sum of the completed work below; null counts as 0 (M27)."),
		n(RollupProgress, "", "percent", "Share of the estimates of the requirements below that is Completed; Removed ones are left out, blank when that is a share of nothing (M28)."),
		n(RollupHours, "", "percent", "Completed work / (completed work + remaining work) of the descendants that have either; 0 when both are 0, blank when none has either (M29)."),
	}
}

// parentColumns have the nearest ancestor of each type that can have something below it.
func parentColumns(r Reading) []Column {
	var out []Column
	for _, name := range NewAncestry(r.Projects()).Types(r.Types()) {
		c := grouped(ParentOf(name), Text, RoleNone, "The nearest "+name+" above the item, shown by its title; the value is its number. "+Unparented+" without one, or when the way up leaves the chain of the process. Links are those of now.")
		c.SortBy = "title"
		out = append(out, c.in(folderParents))
	}
	return out
}

// fieldColumns are the fields of the organization that no column of the table mirrors. Field is what tells
// them apart; a name that the table has already is followed by it.
func fieldColumns(fields []FieldRow, table []Column) []Column {
	var out []Column
	taken := func(fits func(Column) bool) bool {
		return slices.ContainsFunc(table, fits) || slices.ContainsFunc(out, fits)
	}
	for _, f := range fields {
		if taken(func(c Column) bool { return strings.EqualFold(c.Field, f.ReferenceName) }) {
			continue
		}
		name := f.Name
		if name == "" || taken(func(c Column) bool { return strings.EqualFold(c.Name, name) || hasFold(c.Synonyms, name) }) {
			name = strings.TrimSpace(name + " (" + f.ReferenceName + ")")
		}
		out = append(out, fieldColumn(f, name))
	}
	return out
}

func fieldColumn(f FieldRow, name string) Column {
	c := Column{Name: name, Type: Text, Description: name + ".", Field: f.ReferenceName, Custom: f.Custom, Folder: folderFields, Groupable: true, Filterable: true}
	if f.Custom {
		c.Folder, c.Description = folderCustom, name+", a field of this organization."
	}
	if !f.History {
		c.Description = strings.TrimSuffix(c.Description, ".") + asItIsNow + "."
	}
	switch f.Kind {
	case FactPerson:
		c.Role = RolePerson
	case FactInstant:
		c.Type, c.Role = Date, RoleDate
	case FactNumber:
		c.Type, c.Summable, c.Format = Number, true, "decimal1"
	case FactFlag:
		c.Type = Boolean
	}
	return c
}
