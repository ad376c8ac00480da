package sqlite

import (
	"fmt"
	"strings"

	"sightline/backend/dataset"
	"sightline/backend/fault"

	zs "zombiezen.com/go/sqlite"
)

// listTable says in SQL how rows of a table are listed.
type listTable struct {
	from  string
	where string
	row   string // a number or text by which a row is found at once
	key   string // what no two rows share; it orders
	ids   string // the condition of rows that numbers name, with ?1 a JSON array of them; "" when none do
	names string // likewise of rows that texts name
	// columns are in the order in which they are offered.
	columns []listColumn
}

type listColumn struct {
	name  string
	kind  dataset.ColumnType
	expr  string
	form  listForm
	field string // reference name
}

// listForm is how what stands in the file becomes a text.
type listForm int8

const (
	plainForm     listForm = iota
	tagsForm               // a JSON array
	flagsForm              // of a changed file
	extensionForm          // of the name of a file
	voteForm               // of a reviewer
)

// amongIDs is true for a value in the JSON array ?1.
const amongIDs = " IN (SELECT value FROM json_each(?1))"

// refName is a ref as people call it, like shortRef.
func refName(expr string) string {
	return fmt.Sprintf("CASE WHEN %[1]s GLOB 'refs/heads/*' THEN substr(%[1]s, 12) WHEN %[1]s GLOB 'refs/*' THEN substr(%[1]s, 6) ELSE %[1]s END", expr)
}

func commitName(expr string) string {
	return fmt.Sprintf("CASE typeof(%[1]s) WHEN 'blob' THEN lower(hex(%[1]s)) ELSE %[1]s END", expr)
}

func tagsOf(expr string) string {
	return "(SELECT ts.tags FROM dim_tag_set ts WHERE ts.id = " + expr + ")"
}

// listTables are the tables that have lists.
var listTables = map[string]*listTable{
	dataset.WorkItems:     &workItemsList,
	dataset.Commits:       &commitsList,
	dataset.PullRequests:  &pullRequestsList,
	dataset.Reviews:       &reviewsList,
	dataset.Changesets:    &changesetsList,
	dataset.FileChanges:   &fileChangesList,
	dataset.TFVCBranches:  &tfvcBranchesList,
	dataset.PipelineRuns:  &pipelineRunsList,
	dataset.PipelineTasks: &pipelineTasksList,
	dataset.TestRuns:      &testRunsList,
	dataset.Deployments:   &deploymentsList,
}

var workItemsList = listTable{
	from: `fact_item w JOIN fact_revision r ON r.rk = (w.id << 20) + w.rev JOIN fact_detail d ON d.dk = (w.id << 20) + r.detail
		JOIN dim_situation q ON q.id = r.situation LEFT JOIN dim_project p ON p.id = q.project LEFT JOIN dim_type t ON t.id = q.type
		LEFT JOIN dim_state s ON s.id = q.state LEFT JOIN dim_place a ON a.id = r.area LEFT JOIN dim_node an ON an.kind = 0 AND an.id = a.node
		LEFT JOIN dim_place i ON i.id = r.iteration LEFT JOIN dim_node inode ON inode.kind = 1 AND inode.id = i.node
		LEFT JOIN dim_person assigned ON assigned.id = r.assigned_to LEFT JOIN dim_person changed_by ON changed_by.id = r.changed_by
		LEFT JOIN dim_person created_by ON created_by.id = d.created_by LEFT JOIN dim_severity v ON v.id = r.severity LEFT JOIN dim_board b ON b.id = r.board`,
	where: "w.deleted = 0", row: "w.id", key: "w.id", ids: "w.id" + amongIDs,
	columns: []listColumn{
		{"Id", dataset.Integer, "w.id", plainForm, "System.Id"},
		{"Title", dataset.Text, "d.title", plainForm, "System.Title"},
		{"Type", dataset.Text, "t.name", plainForm, "System.WorkItemType"},
		{"State", dataset.Text, "s.name", plainForm, "System.State"},
		{"State category", dataset.Text, "s.category", plainForm, ""},
		{"Reason", dataset.Text, "q.reason", plainForm, "System.Reason"},
		{"Project", dataset.Text, "p.name", plainForm, "System.TeamProject"},
		{"Area path", dataset.Text, "coalesce(an.path, a.path)", plainForm, "System.AreaPath"},
		{"Iteration path", dataset.Text, "coalesce(inode.path, i.path)", plainForm, "System.IterationPath"},
		{"Assigned to", dataset.Text, "assigned.name", plainForm, "System.AssignedTo"},
		{"Created by", dataset.Text, "created_by.name", plainForm, "System.CreatedBy"},
		{"Changed by", dataset.Text, "changed_by.name", plainForm, "System.ChangedBy"},
		{"Priority", dataset.Number, "r.priority", plainForm, "Microsoft.VSTS.Common.Priority"},
		{"Severity", dataset.Text, "v.name", plainForm, "Microsoft.VSTS.Common.Severity"},
		{"Tags", dataset.Text, tagsOf("r.tag_set"), tagsForm, "System.Tags"},
		{"Story points", dataset.Number, "r.story_points", plainForm, "Microsoft.VSTS.Scheduling.StoryPoints"},
		{"Effort", dataset.Number, "r.effort", plainForm, "Microsoft.VSTS.Scheduling.Effort"},
		{"Size", dataset.Number, "r.size", plainForm, "Microsoft.VSTS.Scheduling.Size"},
		{"Original estimate", dataset.Number, "r.original_estimate", plainForm, "Microsoft.VSTS.Scheduling.OriginalEstimate"},
		{"Remaining work", dataset.Number, "r.remaining_work", plainForm, "Microsoft.VSTS.Scheduling.RemainingWork"},
		{"Completed work", dataset.Number, "r.completed_work", plainForm, "Microsoft.VSTS.Scheduling.CompletedWork"},
		{"Parent id", dataset.Integer, listedParent, plainForm, "System.Parent"},
		{"Comments", dataset.Integer, "r.comments", plainForm, "System.CommentCount"},
		{"Board column", dataset.Text, "b.board_column", plainForm, "System.BoardColumn"},
		{"Board lane", dataset.Text, "b.lane", plainForm, "System.BoardLane"},
		{"Board done", dataset.Boolean, "b.done", plainForm, "System.BoardColumnDone"},
		{"Created date", dataset.DateTime, "d.created", plainForm, "System.CreatedDate"},
		{"Changed date", dataset.DateTime, "r.changed", plainForm, "System.ChangedDate"},
		{"Activated date", dataset.DateTime, "r.activated", plainForm, "Microsoft.VSTS.Common.ActivatedDate"},
		{"Resolved date", dataset.DateTime, "r.resolved", plainForm, "Microsoft.VSTS.Common.ResolvedDate"},
		{"Closed date", dataset.DateTime, "r.closed", plainForm, "Microsoft.VSTS.Common.ClosedDate"},
		{"State changed date", dataset.DateTime, "r.state_changed", plainForm, "Microsoft.VSTS.Common.StateChangeDate"},
		{"Target date", dataset.DateTime, "d.target", plainForm, "Microsoft.VSTS.Scheduling.TargetDate"},
		{"Start date", dataset.DateTime, "d.start", plainForm, "Microsoft.VSTS.Scheduling.StartDate"},
		{"Finish date", dataset.DateTime, "d.finish", plainForm, "Microsoft.VSTS.Scheduling.FinishDate"},
		{"Business value", dataset.Number, "d.business_value", plainForm, "Microsoft.VSTS.Common.BusinessValue"},
		{"Value area", dataset.Text, "d.value_area", plainForm, "Microsoft.VSTS.Common.ValueArea"},
		{"Activity", dataset.Text, "d.activity", plainForm, "Microsoft.VSTS.Common.Activity"},
	},
}

// listedParent is the parent by the newest active link, and by the field while no link is known.
const listedParent = `nullif(CASE WHEN EXISTS (SELECT 1 FROM fact_link l JOIN dim_link_type lt ON lt.id = l.type
		WHERE lt.name = 'System.LinkTypes.Hierarchy' AND l.target = w.id)
	THEN (SELECT l.source FROM fact_link l JOIN dim_link_type lt ON lt.id = l.type
		WHERE lt.name = 'System.LinkTypes.Hierarchy' AND l.target = w.id AND l.active = 1 ORDER BY l.changed DESC, l.source DESC LIMIT 1)
	ELSE nullif(r.parent, 0) END, w.id)`

// listTableOf is how a table is listed, and the columns that this file has of it.
func listTableOf(c *zs.Conn, op, name string) (*listTable, []listColumn, error) {
	table := listTables[name]
	if table == nil {
		return nil, nil, fault.New(fault.Invalid, op, fmt.Sprintf("There are no lists of %q.", name), "Name a table of facts, such as Work items or Pull requests.").With("Table", name)
	}
	if name != dataset.WorkItems {
		return table, table.columns, nil
	}
	custom, err := otherColumns(c)
	return table, append(table.columns[:len(table.columns):len(table.columns)], custom...), err
}

// otherColumns are the columns of the fields that have none of their own.
func otherColumns(c *zs.Conn) (out []listColumn, err error) {
	err = each(c, "SELECT id, reference_name, coalesce(name, ''), type, is_identity FROM dim_field WHERE used = 1 ORDER BY custom DESC, name, id", func(row *zs.Stmt) error {
		col := listColumn{name: row.ColumnText(2), field: row.ColumnText(1), kind: dataset.Text}
		if isBoardField(col.field) {
			return nil
		}
		if col.name == "" {
			col.name = col.field[strings.LastIndexByte(col.field, '.')+1:]
		}
		value := func(path string) string {
			return fmt.Sprintf(`json_extract(CASE WHEN json_valid(d.other) THEN d.other END, '$."%d"%s')`, row.ColumnInt64(0), path)
		}
		col.expr = value("")
		switch fieldKind(row.ColumnText(3), row.ColumnBool(4)) {
		case dataset.FactNumber:
			col.kind = dataset.Number
		case dataset.FactFlag:
			col.kind = dataset.Boolean
		case dataset.FactInstant:
			col.kind, col.expr = dataset.DateTime, value(".t")
		case dataset.FactPerson:
			col.expr = "(SELECT pe.name FROM dim_person pe WHERE pe.id = " + value(".p") + ")"
		}
		out = append(out, col)
		return nil
	})
	return out, err
}
