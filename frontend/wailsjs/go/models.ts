export namespace dataset {
	
	export class Column {
	    table: string;
	    name: string;
	    synonyms?: string[];
	    type: string;
	    role?: string;
	    description: string;
	    folder?: string;
	    format?: string;
	    unit?: string;
	    sortBy?: string;
	    field?: string;
	    custom?: boolean;
	    groupable: boolean;
	    filterable: boolean;
	    summable: boolean;
	    many?: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Column(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.table = source["table"];
	        this.name = source["name"];
	        this.synonyms = source["synonyms"];
	        this.type = source["type"];
	        this.role = source["role"];
	        this.description = source["description"];
	        this.folder = source["folder"];
	        this.format = source["format"];
	        this.unit = source["unit"];
	        this.sortBy = source["sortBy"];
	        this.field = source["field"];
	        this.custom = source["custom"];
	        this.groupable = source["groupable"];
	        this.filterable = source["filterable"];
	        this.summable = source["summable"];
	        this.many = source["many"];
	    }
	}
	export class Definition {
	    name: string;
	    expression: string;
	    format?: string;
	    unit?: string;
	    description?: string;
	
	    static createFrom(source: any = {}) {
	        return new Definition(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.expression = source["expression"];
	        this.format = source["format"];
	        this.unit = source["unit"];
	        this.description = source["description"];
	    }
	}
	export class Member {
	    value: any;
	    label: string;
	    category?: string;
	    start?: string;
	    end?: string;
	    partial?: boolean;
	    other?: boolean;
	    detail?: string;
	
	    static createFrom(source: any = {}) {
	        return new Member(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.value = source["value"];
	        this.label = source["label"];
	        this.category = source["category"];
	        this.start = source["start"];
	        this.end = source["end"];
	        this.partial = source["partial"];
	        this.other = source["other"];
	        this.detail = source["detail"];
	    }
	}
	export class Dimension {
	    field: string;
	    name: string;
	    type: string;
	    role?: string;
	    grain?: string;
	    members: Member[];
	
	    static createFrom(source: any = {}) {
	        return new Dimension(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.field = source["field"];
	        this.name = source["name"];
	        this.type = source["type"];
	        this.role = source["role"];
	        this.grain = source["grain"];
	        this.members = this.convertValues(source["members"], Member);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class FilterRead {
	    filter: string;
	    how: string;
	    value?: string;
	
	    static createFrom(source: any = {}) {
	        return new FilterRead(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.filter = source["filter"];
	        this.how = source["how"];
	        this.value = source["value"];
	    }
	}
	export class TableRead {
	    table: string;
	    read: string;
	    values: string[];
	    rows: number;
	    scanned: number;
	    passed: number;
	
	    static createFrom(source: any = {}) {
	        return new TableRead(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.table = source["table"];
	        this.read = source["read"];
	        this.values = source["values"];
	        this.rows = source["rows"];
	        this.scanned = source["scanned"];
	        this.passed = source["passed"];
	    }
	}
	export class Explanation {
	    tables: TableRead[];
	    filters: FilterRead[];
	    elapsedNanoseconds: number;
	
	    static createFrom(source: any = {}) {
	        return new Explanation(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.tables = this.convertValues(source["tables"], TableRead);
	        this.filters = this.convertValues(source["filters"], FilterRead);
	        this.elapsedNanoseconds = source["elapsedNanoseconds"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class FieldChange {
	    field: string;
	    old?: string;
	    new?: string;
	
	    static createFrom(source: any = {}) {
	        return new FieldChange(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.field = source["field"];
	        this.old = source["old"];
	        this.new = source["new"];
	    }
	}
	export class Value {
	    measure?: string;
	    field?: string;
	    aggregate?: string;
	    name?: string;
	    filters?: Filter[];
	
	    static createFrom(source: any = {}) {
	        return new Value(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.measure = source["measure"];
	        this.field = source["field"];
	        this.aggregate = source["aggregate"];
	        this.name = source["name"];
	        this.filters = this.convertValues(source["filters"], Filter);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Filter {
	    field: string;
	    op?: string;
	    values?: any[];
	    by?: Value;
	    any?: Filter[];
	
	    static createFrom(source: any = {}) {
	        return new Filter(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.field = source["field"];
	        this.op = source["op"];
	        this.values = source["values"];
	        this.by = this.convertValues(source["by"], Value);
	        this.any = this.convertValues(source["any"], Filter);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class Found {
	    table: string;
	    id?: number;
	    key?: string;
	    text: string;
	    project: string;
	    detail?: string;
	
	    static createFrom(source: any = {}) {
	        return new Found(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.table = source["table"];
	        this.id = source["id"];
	        this.key = source["key"];
	        this.text = source["text"];
	        this.project = source["project"];
	        this.detail = source["detail"];
	    }
	}
	export class Group {
	    field: string;
	    grain?: string;
	
	    static createFrom(source: any = {}) {
	        return new Group(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.field = source["field"];
	        this.grain = source["grain"];
	    }
	}
	export class HistoryStep {
	    rev: number;
	    // Go type: time
	    at: any;
	    by: string;
	    byEmail?: string;
	    changes: FieldChange[];
	
	    static createFrom(source: any = {}) {
	        return new HistoryStep(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.rev = source["rev"];
	        this.at = this.convertValues(source["at"], null);
	        this.by = source["by"];
	        this.byEmail = source["byEmail"];
	        this.changes = this.convertValues(source["changes"], FieldChange);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class ItemChange {
	    id: number;
	    title: string;
	    before?: number;
	    after?: number;
	    was?: string;
	    is?: string;
	
	    static createFrom(source: any = {}) {
	        return new ItemChange(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.title = source["title"];
	        this.before = source["before"];
	        this.after = source["after"];
	        this.was = source["was"];
	        this.is = source["is"];
	    }
	}
	export class ItemHistory {
	    id: number;
	    title: string;
	    steps: HistoryStep[];
	    more: boolean;
	
	    static createFrom(source: any = {}) {
	        return new ItemHistory(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.title = source["title"];
	        this.steps = this.convertValues(source["steps"], HistoryStep);
	        this.more = source["more"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Measure {
	    name: string;
	    synonyms?: string[];
	    number?: string;
	    table: string;
	    description: string;
	    formula: string;
	    unit?: string;
	    format: string;
	    additive: boolean;
	    direction: string;
	    overTime?: string;
	    folder?: string;
	
	    static createFrom(source: any = {}) {
	        return new Measure(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.synonyms = source["synonyms"];
	        this.number = source["number"];
	        this.table = source["table"];
	        this.description = source["description"];
	        this.formula = source["formula"];
	        this.unit = source["unit"];
	        this.format = source["format"];
	        this.additive = source["additive"];
	        this.direction = source["direction"];
	        this.overTime = source["overTime"];
	        this.folder = source["folder"];
	    }
	}
	
	export class Relationship {
	    from: string;
	    to: string;
	    manyToMany?: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Relationship(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.from = source["from"];
	        this.to = source["to"];
	        this.manyToMany = source["manyToMany"];
	    }
	}
	export class Table {
	    name: string;
	    description: string;
	    columns: Column[];
	
	    static createFrom(source: any = {}) {
	        return new Table(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.description = source["description"];
	        this.columns = this.convertValues(source["columns"], Column);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Model {
	    name: string;
	    timeZone: string;
	    weekStart: string;
	    tables: Table[];
	    measures: Measure[];
	    relationships: Relationship[];
	
	    static createFrom(source: any = {}) {
	        return new Model(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.timeZone = source["timeZone"];
	        this.weekStart = source["weekStart"];
	        this.tables = this.convertValues(source["tables"], Table);
	        this.measures = this.convertValues(source["measures"], Measure);
	        this.relationships = this.convertValues(source["relationships"], Relationship);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Sort {
	    by: string;
	    descending?: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Sort(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.by = source["by"];
	        this.descending = source["descending"];
	    }
	}
	export class Query {
	    values: Value[];
	    rows?: Group[];
	    columns?: Group[];
	    filters?: Filter[];
	    highlight?: Filter[];
	    sort?: Sort[];
	    top?: number;
	    others?: boolean;
	    asOf?: string;
	    compareWith?: string;
	    define?: Definition[];
	    planningDays?: number;
	    graceDays?: number;
	    explain?: boolean;
	    showEmpty?: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Query(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.values = this.convertValues(source["values"], Value);
	        this.rows = this.convertValues(source["rows"], Group);
	        this.columns = this.convertValues(source["columns"], Group);
	        this.filters = this.convertValues(source["filters"], Filter);
	        this.highlight = this.convertValues(source["highlight"], Filter);
	        this.sort = this.convertValues(source["sort"], Sort);
	        this.top = source["top"];
	        this.others = source["others"];
	        this.asOf = source["asOf"];
	        this.compareWith = source["compareWith"];
	        this.define = this.convertValues(source["define"], Definition);
	        this.planningDays = source["planningDays"];
	        this.graceDays = source["graceDays"];
	        this.explain = source["explain"];
	        this.showEmpty = source["showEmpty"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class Row {
	    keys: number[];
	    values: number[];
	    parts?: number[];
	    compared?: number[];
	
	    static createFrom(source: any = {}) {
	        return new Row(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.keys = source["keys"];
	        this.values = source["values"];
	        this.parts = source["parts"];
	        this.compared = source["compared"];
	    }
	}
	export class ValueInfo {
	    name: string;
	    measure?: string;
	    number?: string;
	    unit?: string;
	    format: string;
	    additive: boolean;
	    direction: string;
	    overTime?: string;
	
	    static createFrom(source: any = {}) {
	        return new ValueInfo(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.measure = source["measure"];
	        this.number = source["number"];
	        this.unit = source["unit"];
	        this.format = source["format"];
	        this.additive = source["additive"];
	        this.direction = source["direction"];
	        this.overTime = source["overTime"];
	    }
	}
	export class Result {
	    dimensions: Dimension[];
	    rowGroups: number;
	    values: ValueInfo[];
	    rows: Row[];
	    rowTotals?: Row[];
	    columnTotals?: Row[];
	    total: Row;
	    truncated?: number;
	    asOf: string;
	    timeZone: string;
	    generation: number;
	    comparedWith?: string;
	    notes?: string[];
	    explanation?: Explanation;
	
	    static createFrom(source: any = {}) {
	        return new Result(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.dimensions = this.convertValues(source["dimensions"], Dimension);
	        this.rowGroups = source["rowGroups"];
	        this.values = this.convertValues(source["values"], ValueInfo);
	        this.rows = this.convertValues(source["rows"], Row);
	        this.rowTotals = this.convertValues(source["rowTotals"], Row);
	        this.columnTotals = this.convertValues(source["columnTotals"], Row);
	        this.total = this.convertValues(source["total"], Row);
	        this.truncated = source["truncated"];
	        this.asOf = source["asOf"];
	        this.timeZone = source["timeZone"];
	        this.generation = source["generation"];
	        this.comparedWith = source["comparedWith"];
	        this.notes = source["notes"];
	        this.explanation = this.convertValues(source["explanation"], Explanation);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	
	export class SprintSpan {
	    name: string;
	    first: string;
	    last: string;
	
	    static createFrom(source: any = {}) {
	        return new SprintSpan(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.first = source["first"];
	        this.last = source["last"];
	    }
	}
	export class Span {
	    first: string;
	    last: string;
	    changes: number[];
	    sprints: SprintSpan[];
	    weekStart: number;
	    generation: number;
	
	    static createFrom(source: any = {}) {
	        return new Span(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.first = source["first"];
	        this.last = source["last"];
	        this.changes = source["changes"];
	        this.sprints = this.convertValues(source["sprints"], SprintSpan);
	        this.weekStart = source["weekStart"];
	        this.generation = source["generation"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	
	
	

}

export namespace desktop {
	
	export class AbsentPage {
	    id: string;
	    name: string;
	    why: string;
	
	    static createFrom(source: any = {}) {
	        return new AbsentPage(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.why = source["why"];
	    }
	}
	export class AccountConnection {
	    datasetId: string;
	    name: string;
	    organization: string;
	    state: string;
	    bytes: number;
	
	    static createFrom(source: any = {}) {
	        return new AccountConnection(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.datasetId = source["datasetId"];
	        this.name = source["name"];
	        this.organization = source["organization"];
	        this.state = source["state"];
	        this.bytes = source["bytes"];
	    }
	}
	export class AccountView {
	    key: string;
	    name: string;
	    address: string;
	    directory: string;
	    kind: string;
	    state: string;
	    sentence: string;
	    inUse: boolean;
	    connections: AccountConnection[];
	
	    static createFrom(source: any = {}) {
	        return new AccountView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.key = source["key"];
	        this.name = source["name"];
	        this.address = source["address"];
	        this.directory = source["directory"];
	        this.kind = source["kind"];
	        this.state = source["state"];
	        this.sentence = source["sentence"];
	        this.inUse = source["inUse"];
	        this.connections = this.convertValues(source["connections"], AccountConnection);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class KeepingView {
	    mode: string;
	    locked: boolean;
	    passphrase: boolean;
	    sentence: string;
	
	    static createFrom(source: any = {}) {
	        return new KeepingView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.mode = source["mode"];
	        this.locked = source["locked"];
	        this.passphrase = source["passphrase"];
	        this.sentence = source["sentence"];
	    }
	}
	export class AccountsView {
	    accounts: AccountView[];
	    without: AccountConnection[];
	    keeping: KeepingView;
	
	    static createFrom(source: any = {}) {
	        return new AccountsView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.accounts = this.convertValues(source["accounts"], AccountView);
	        this.without = this.convertValues(source["without"], AccountConnection);
	        this.keeping = this.convertValues(source["keeping"], KeepingView);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class ProjectMatch {
	    name: string;
	    matched: boolean;
	    length: number;
	
	    static createFrom(source: any = {}) {
	        return new ProjectMatch(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.matched = source["matched"];
	        this.length = source["length"];
	    }
	}
	export class IdentityView {
	    accountKey: string;
	    silent: boolean;
	    keeping: string;
	    writes: string[];
	    expires: string;
	    name: string;
	    address: string;
	    directory: string;
	    kind: string;
	    organization: string;
	    expected: string;
	    matches: boolean;
	    projects: number;
	
	    static createFrom(source: any = {}) {
	        return new IdentityView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.accountKey = source["accountKey"];
	        this.silent = source["silent"];
	        this.keeping = source["keeping"];
	        this.writes = source["writes"];
	        this.expires = source["expires"];
	        this.name = source["name"];
	        this.address = source["address"];
	        this.directory = source["directory"];
	        this.kind = source["kind"];
	        this.organization = source["organization"];
	        this.expected = source["expected"];
	        this.matches = source["matches"];
	        this.projects = source["projects"];
	    }
	}
	export class SignInWay {
	    rung: string;
	    name: string;
	    sentence: string;
	    isolated: boolean;
	    fault: string;
	
	    static createFrom(source: any = {}) {
	        return new SignInWay(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.rung = source["rung"];
	        this.name = source["name"];
	        this.sentence = source["sentence"];
	        this.isolated = source["isolated"];
	        this.fault = source["fault"];
	    }
	}
	export class AttemptView {
	    id: string;
	    phase: string;
	    organization: string;
	    url: string;
	    source: string;
	    browser: string;
	    rung: string;
	    isolated: boolean;
	    authority: string;
	    ways: SignInWay[];
	    code: string;
	    codePage: string;
	    purpose: string;
	    link: string;
	    notice: string;
	    started: string;
	    deadline: string;
	    identity?: IdentityView;
	    projects: ProjectMatch[];
	    matched: number;
	    warnings: fault.Report[];
	    fault?: fault.Report;
	    datasetId: string;
	    dashboardId: string;
	    reportId: string;
	
	    static createFrom(source: any = {}) {
	        return new AttemptView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.phase = source["phase"];
	        this.organization = source["organization"];
	        this.url = source["url"];
	        this.source = source["source"];
	        this.browser = source["browser"];
	        this.rung = source["rung"];
	        this.isolated = source["isolated"];
	        this.authority = source["authority"];
	        this.ways = this.convertValues(source["ways"], SignInWay);
	        this.code = source["code"];
	        this.codePage = source["codePage"];
	        this.purpose = source["purpose"];
	        this.link = source["link"];
	        this.notice = source["notice"];
	        this.started = source["started"];
	        this.deadline = source["deadline"];
	        this.identity = this.convertValues(source["identity"], IdentityView);
	        this.projects = this.convertValues(source["projects"], ProjectMatch);
	        this.matched = source["matched"];
	        this.warnings = this.convertValues(source["warnings"], fault.Report);
	        this.fault = this.convertValues(source["fault"], fault.Report);
	        this.datasetId = source["datasetId"];
	        this.dashboardId = source["dashboardId"];
	        this.reportId = source["reportId"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class CSVFile {
	    name: string;
	    text: string;
	
	    static createFrom(source: any = {}) {
	        return new CSVFile(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.text = source["text"];
	    }
	}
	export class ChangeChoice {
	    visual: string;
	    value: number;
	    name: string;
	    title: string;
	
	    static createFrom(source: any = {}) {
	        return new ChangeChoice(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.visual = source["visual"];
	        this.value = source["value"];
	        this.name = source["name"];
	        this.title = source["title"];
	    }
	}
	export class ChangePartView {
	    kind: string;
	    field: string;
	    delta: number;
	    count: number;
	    items: dataset.ItemChange[];
	
	    static createFrom(source: any = {}) {
	        return new ChangePartView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.kind = source["kind"];
	        this.field = source["field"];
	        this.delta = source["delta"];
	        this.count = source["count"];
	        this.items = this.convertValues(source["items"], dataset.ItemChange);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class ChangeView {
	    added: number;
	    changed: number;
	    deleted: number;
	
	    static createFrom(source: any = {}) {
	        return new ChangeView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.added = source["added"];
	        this.changed = source["changed"];
	        this.deleted = source["deleted"];
	    }
	}
	export class ChangedMemberRow {
	    member: dataset.Member;
	    before?: number;
	    after?: number;
	
	    static createFrom(source: any = {}) {
	        return new ChangedMemberRow(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.member = this.convertValues(source["member"], dataset.Member);
	        this.before = source["before"];
	        this.after = source["after"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class ChangedBy {
	    field: string;
	    name: string;
	    rows: ChangedMemberRow[];
	
	    static createFrom(source: any = {}) {
	        return new ChangedBy(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.field = source["field"];
	        this.name = source["name"];
	        this.rows = this.convertValues(source["rows"], ChangedMemberRow);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class ChangesAsk {
	    visual: string;
	    value: number;
	    by: string;
	
	    static createFrom(source: any = {}) {
	        return new ChangesAsk(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.visual = source["visual"];
	        this.value = source["value"];
	        this.by = source["by"];
	    }
	}
	export class ChangesView {
	    value: dataset.ValueInfo;
	    from: string;
	    to: string;
	    before?: number;
	    after?: number;
	    parts: ChangePartView[];
	    by: ChangedBy;
	    choices: ChangeChoice[];
	    visual: string;
	    index: number;
	    filters: dataset.Filter[];
	    notes: string[];
	    generation: number;
	
	    static createFrom(source: any = {}) {
	        return new ChangesView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.value = this.convertValues(source["value"], dataset.ValueInfo);
	        this.from = source["from"];
	        this.to = source["to"];
	        this.before = source["before"];
	        this.after = source["after"];
	        this.parts = this.convertValues(source["parts"], ChangePartView);
	        this.by = this.convertValues(source["by"], ChangedBy);
	        this.choices = this.convertValues(source["choices"], ChangeChoice);
	        this.visual = source["visual"];
	        this.index = source["index"];
	        this.filters = this.convertValues(source["filters"], dataset.Filter);
	        this.notes = source["notes"];
	        this.generation = source["generation"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class HistoryChoice {
	    months: number;
	    label: string;
	
	    static createFrom(source: any = {}) {
	        return new HistoryChoice(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.months = source["months"];
	        this.label = source["label"];
	    }
	}
	export class ContentView {
	    content: string;
	    name: string;
	    sentence: string;
	    on: boolean;
	
	    static createFrom(source: any = {}) {
	        return new ContentView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.content = source["content"];
	        this.name = source["name"];
	        this.sentence = source["sentence"];
	        this.on = source["on"];
	    }
	}
	export class Permission {
	    name: string;
	    sentence: string;
	    contents: string[];
	
	    static createFrom(source: any = {}) {
	        return new Permission(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.sentence = source["sentence"];
	        this.contents = source["contents"];
	    }
	}
	export class ConnectDefaults {
	    clientId: string;
	    permissions: Permission[];
	    contents: ContentView[];
	    historyChoices: HistoryChoice[];
	
	    static createFrom(source: any = {}) {
	        return new ConnectDefaults(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.clientId = source["clientId"];
	        this.permissions = this.convertValues(source["permissions"], Permission);
	        this.contents = this.convertValues(source["contents"], ContentView);
	        this.historyChoices = this.convertValues(source["historyChoices"], HistoryChoice);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class ConnectRequest {
	    source: string;
	    organization: string;
	    patterns: string[];
	    method: string;
	    clientId: string;
	    authority: string;
	    expect: string;
	    purpose: string;
	    datasetId: string;
	    account: string;
	    switch: boolean;
	    rung: string;
	    askConsent: boolean;
	    tokenExpires: string;
	    allowPlain: boolean;
	    contents: string[];
	    historyMonths: number;
	
	    static createFrom(source: any = {}) {
	        return new ConnectRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.source = source["source"];
	        this.organization = source["organization"];
	        this.patterns = source["patterns"];
	        this.method = source["method"];
	        this.clientId = source["clientId"];
	        this.authority = source["authority"];
	        this.expect = source["expect"];
	        this.purpose = source["purpose"];
	        this.datasetId = source["datasetId"];
	        this.account = source["account"];
	        this.switch = source["switch"];
	        this.rung = source["rung"];
	        this.askConsent = source["askConsent"];
	        this.tokenExpires = source["tokenExpires"];
	        this.allowPlain = source["allowPlain"];
	        this.contents = source["contents"];
	        this.historyMonths = source["historyMonths"];
	    }
	}
	
	export class CountedMember {
	    value: any;
	    label: string;
	    category?: string;
	    start?: string;
	    end?: string;
	    partial?: boolean;
	    other?: boolean;
	    detail?: string;
	    count?: number;
	
	    static createFrom(source: any = {}) {
	        return new CountedMember(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.value = source["value"];
	        this.label = source["label"];
	        this.category = source["category"];
	        this.start = source["start"];
	        this.end = source["end"];
	        this.partial = source["partial"];
	        this.other = source["other"];
	        this.detail = source["detail"];
	        this.count = source["count"];
	    }
	}
	export class SlicerData {
	    id: string;
	    picked: any[];
	    members: dataset.Member[];
	    more: number;
	    fault?: fault.Report;
	
	    static createFrom(source: any = {}) {
	        return new SlicerData(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.picked = source["picked"];
	        this.members = this.convertValues(source["members"], dataset.Member);
	        this.more = source["more"];
	        this.fault = this.convertValues(source["fault"], fault.Report);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class PageData {
	    generation: number;
	    asOf: string;
	    visuals: VisualData[];
	    slicers: SlicerData[];
	    restatement: string;
	    part?: number;
	    whole?: number;
	    millis: number;
	
	    static createFrom(source: any = {}) {
	        return new PageData(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.generation = source["generation"];
	        this.asOf = source["asOf"];
	        this.visuals = this.convertValues(source["visuals"], VisualData);
	        this.slicers = this.convertValues(source["slicers"], SlicerData);
	        this.restatement = source["restatement"];
	        this.part = source["part"];
	        this.whole = source["whole"];
	        this.millis = source["millis"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class VisualData {
	    id: string;
	    result?: dataset.Result;
	    spark?: dataset.Result;
	    follows: string;
	    subtitle: string;
	    fault?: fault.Report;
	
	    static createFrom(source: any = {}) {
	        return new VisualData(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.result = this.convertValues(source["result"], dataset.Result);
	        this.spark = this.convertValues(source["spark"], dataset.Result);
	        this.follows = source["follows"];
	        this.subtitle = source["subtitle"];
	        this.fault = this.convertValues(source["fault"], fault.Report);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class DashboardData {
	    generation: number;
	    tiles: VisualData[];
	    pages: Record<string, PageData>;
	
	    static createFrom(source: any = {}) {
	        return new DashboardData(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.generation = source["generation"];
	        this.tiles = this.convertValues(source["tiles"], VisualData);
	        this.pages = this.convertValues(source["pages"], PageData, true);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class TileView {
	    id: string;
	    place: report.Place;
	    source?: report.TileSource;
	    visual: report.Visual;
	    page?: report.Page;
	    state: report.PageState;
	    pageId: string;
	    title: string;
	    subtitle: string;
	    refreshed: boolean;
	    datasetId: string;
	    missing: string;
	
	    static createFrom(source: any = {}) {
	        return new TileView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.place = this.convertValues(source["place"], report.Place);
	        this.source = this.convertValues(source["source"], report.TileSource);
	        this.visual = this.convertValues(source["visual"], report.Visual);
	        this.page = this.convertValues(source["page"], report.Page);
	        this.state = this.convertValues(source["state"], report.PageState);
	        this.pageId = source["pageId"];
	        this.title = source["title"];
	        this.subtitle = source["subtitle"];
	        this.refreshed = source["refreshed"];
	        this.datasetId = source["datasetId"];
	        this.missing = source["missing"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class ScheduleView {
	    mode: string;
	    everyMinutes: number;
	    times: string[];
	    atStart: boolean;
	    catchUp: boolean;
	    next: string;
	    paused: string;
	    failures: number;
	
	    static createFrom(source: any = {}) {
	        return new ScheduleView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.mode = source["mode"];
	        this.everyMinutes = source["everyMinutes"];
	        this.times = source["times"];
	        this.atStart = source["atStart"];
	        this.catchUp = source["catchUp"];
	        this.next = source["next"];
	        this.paused = source["paused"];
	        this.failures = source["failures"];
	    }
	}
	export class DatasetView {
	    id: string;
	    name: string;
	    organization: string;
	    url: string;
	    patterns: string[];
	    person: string;
	    address: string;
	    identityId: string;
	    sample: boolean;
	    server: boolean;
	    timeZone: string;
	    lastRefresh: string;
	    nextRefresh: string;
	    lastError: string;
	    state: string;
	    generation: number;
	    workItems: number;
	    revisions: number;
	    bytes: number;
	    reportId: string;
	    dashboardId: string;
	    accountKey: string;
	    signIn: string;
	    signInSentence: string;
	    contents: string[];
	    historyMonths: number;
	    file: string;
	    schedule: ScheduleView;
	    matched: number;
	    gone: string[];
	
	    static createFrom(source: any = {}) {
	        return new DatasetView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.organization = source["organization"];
	        this.url = source["url"];
	        this.patterns = source["patterns"];
	        this.person = source["person"];
	        this.address = source["address"];
	        this.identityId = source["identityId"];
	        this.sample = source["sample"];
	        this.server = source["server"];
	        this.timeZone = source["timeZone"];
	        this.lastRefresh = source["lastRefresh"];
	        this.nextRefresh = source["nextRefresh"];
	        this.lastError = source["lastError"];
	        this.state = source["state"];
	        this.generation = source["generation"];
	        this.workItems = source["workItems"];
	        this.revisions = source["revisions"];
	        this.bytes = source["bytes"];
	        this.reportId = source["reportId"];
	        this.dashboardId = source["dashboardId"];
	        this.accountKey = source["accountKey"];
	        this.signIn = source["signIn"];
	        this.signInSentence = source["signInSentence"];
	        this.contents = source["contents"];
	        this.historyMonths = source["historyMonths"];
	        this.file = source["file"];
	        this.schedule = this.convertValues(source["schedule"], ScheduleView);
	        this.matched = source["matched"];
	        this.gone = source["gone"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class DashboardView {
	    id: string;
	    name: string;
	    dataset: DatasetView;
	    revision: number;
	    tiles: TileView[];
	    narrow: string[];
	
	    static createFrom(source: any = {}) {
	        return new DashboardView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.dataset = this.convertValues(source["dataset"], DatasetView);
	        this.revision = source["revision"];
	        this.tiles = this.convertValues(source["tiles"], TileView);
	        this.narrow = source["narrow"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class ExportPlan {
	    name: string;
	    rows: number;
	    warning: string;
	    link: string;
	
	    static createFrom(source: any = {}) {
	        return new ExportPlan(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.rows = source["rows"];
	        this.warning = source["warning"];
	        this.link = source["link"];
	    }
	}
	export class ExportRequest {
	    reportId: string;
	    pageId: string;
	    visualId: string;
	    state: report.PageState;
	    format: string;
	    what: string;
	    columns: string[];
	    mark: boolean;
	
	    static createFrom(source: any = {}) {
	        return new ExportRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.reportId = source["reportId"];
	        this.pageId = source["pageId"];
	        this.visualId = source["visualId"];
	        this.state = this.convertValues(source["state"], report.PageState);
	        this.format = source["format"];
	        this.what = source["what"];
	        this.columns = source["columns"];
	        this.mark = source["mark"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	
	export class ItemsAsk {
	    columns: string[];
	    orderBy: string;
	    descending: boolean;
	    after: string;
	    limit: number;
	    search: string;
	    whole: boolean;
	
	    static createFrom(source: any = {}) {
	        return new ItemsAsk(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.columns = source["columns"];
	        this.orderBy = source["orderBy"];
	        this.descending = source["descending"];
	        this.after = source["after"];
	        this.limit = source["limit"];
	        this.search = source["search"];
	        this.whole = source["whole"];
	    }
	}
	export class ItemsColumn {
	    name: string;
	    field: string;
	    type: string;
	    role: string;
	    format: string;
	    unit: string;
	    folder: string;
	    amount: boolean;
	    time: string;
	    members: dataset.Member[];
	
	    static createFrom(source: any = {}) {
	        return new ItemsColumn(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.field = source["field"];
	        this.type = source["type"];
	        this.role = source["role"];
	        this.format = source["format"];
	        this.unit = source["unit"];
	        this.folder = source["folder"];
	        this.amount = source["amount"];
	        this.time = source["time"];
	        this.members = this.convertValues(source["members"], dataset.Member);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class ItemsFact {
	    name: string;
	    value?: number;
	    format: string;
	    unit: string;
	
	    static createFrom(source: any = {}) {
	        return new ItemsFact(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.value = source["value"];
	        this.format = source["format"];
	        this.unit = source["unit"];
	    }
	}
	export class ItemsView {
	    table: string;
	    value?: dataset.ValueInfo;
	    number?: number;
	    count: number;
	    found: number;
	    sum?: number;
	    same: boolean;
	    asOf: string;
	    key: string;
	    orderBy: string;
	    descending: boolean;
	    past: boolean;
	    generation: number;
	    facts: ItemsFact[];
	    filters: dataset.Filter[];
	    columns: ItemsColumn[];
	    keys: any[];
	    rows: any[][];
	    next: string;
	
	    static createFrom(source: any = {}) {
	        return new ItemsView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.table = source["table"];
	        this.value = this.convertValues(source["value"], dataset.ValueInfo);
	        this.number = source["number"];
	        this.count = source["count"];
	        this.found = source["found"];
	        this.sum = source["sum"];
	        this.same = source["same"];
	        this.asOf = source["asOf"];
	        this.key = source["key"];
	        this.orderBy = source["orderBy"];
	        this.descending = source["descending"];
	        this.past = source["past"];
	        this.generation = source["generation"];
	        this.facts = this.convertValues(source["facts"], ItemsFact);
	        this.filters = this.convertValues(source["filters"], dataset.Filter);
	        this.columns = this.convertValues(source["columns"], ItemsColumn);
	        this.keys = source["keys"];
	        this.rows = source["rows"];
	        this.next = source["next"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class LogLineView {
	    at: string;
	    text: string;
	
	    static createFrom(source: any = {}) {
	        return new LogLineView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.at = source["at"];
	        this.text = source["text"];
	    }
	}
	export class MembersView {
	    members: CountedMember[];
	    more: number;
	    type: string;
	    role: string;
	
	    static createFrom(source: any = {}) {
	        return new MembersView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.members = this.convertValues(source["members"], CountedMember);
	        this.more = source["more"];
	        this.type = source["type"];
	        this.role = source["role"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class NavItem {
	    id: string;
	    name: string;
	    datasetId: string;
	    new: boolean;
	    state: string;
	    percent: number;
	
	    static createFrom(source: any = {}) {
	        return new NavItem(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.datasetId = source["datasetId"];
	        this.new = source["new"];
	        this.state = source["state"];
	        this.percent = source["percent"];
	    }
	}
	export class NoticeView {
	    id: string;
	    datasetId: string;
	    kind: string;
	    title: string;
	    text: string;
	    at: string;
	    seen: boolean;
	
	    static createFrom(source: any = {}) {
	        return new NoticeView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.datasetId = source["datasetId"];
	        this.kind = source["kind"];
	        this.title = source["title"];
	        this.text = source["text"];
	        this.at = source["at"];
	        this.seen = source["seen"];
	    }
	}
	export class OrganizationCheck {
	    ok: boolean;
	    name: string;
	    url: string;
	    display: string;
	    server: boolean;
	    fault?: fault.Report;
	
	    static createFrom(source: any = {}) {
	        return new OrganizationCheck(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.ok = source["ok"];
	        this.name = source["name"];
	        this.url = source["url"];
	        this.display = source["display"];
	        this.server = source["server"];
	        this.fault = this.convertValues(source["fault"], fault.Report);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class PageArrangement {
	    id: string;
	    name: string;
	    hidden: boolean;
	
	    static createFrom(source: any = {}) {
	        return new PageArrangement(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.hidden = source["hidden"];
	    }
	}
	
	export class PatternCheck {
	    text: string;
	    ok: boolean;
	    suggestion: string;
	    fault?: fault.Report;
	
	    static createFrom(source: any = {}) {
	        return new PatternCheck(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.text = source["text"];
	        this.ok = source["ok"];
	        this.suggestion = source["suggestion"];
	        this.fault = this.convertValues(source["fault"], fault.Report);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class PhaseView {
	    phase: string;
	    state: string;
	    done: number;
	    expected: number;
	    rate: number;
	    elapsed: number;
	
	    static createFrom(source: any = {}) {
	        return new PhaseView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.phase = source["phase"];
	        this.state = source["state"];
	        this.done = source["done"];
	        this.expected = source["expected"];
	        this.rate = source["rate"];
	        this.elapsed = source["elapsed"];
	    }
	}
	export class PinRequest {
	    source: report.TileSource;
	    state: report.PageState;
	    detached: boolean;
	    dashboardId: string;
	    name: string;
	
	    static createFrom(source: any = {}) {
	        return new PinRequest(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.source = this.convertValues(source["source"], report.TileSource);
	        this.state = this.convertValues(source["state"], report.PageState);
	        this.detached = source["detached"];
	        this.dashboardId = source["dashboardId"];
	        this.name = source["name"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Pinned {
	    dashboardId: string;
	    name: string;
	    tileId: string;
	
	    static createFrom(source: any = {}) {
	        return new Pinned(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.dashboardId = source["dashboardId"];
	        this.name = source["name"];
	        this.tileId = source["tileId"];
	    }
	}
	export class UnreadView {
	    project: string;
	    what: string;
	    why: string;
	
	    static createFrom(source: any = {}) {
	        return new UnreadView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.project = source["project"];
	        this.what = source["what"];
	        this.why = source["why"];
	    }
	}
	export class ProgressView {
	    datasetId: string;
	    name: string;
	    organization: string;
	    person: string;
	    type: string;
	    state: string;
	    percent: number;
	    phases: PhaseView[];
	    rows: number;
	    rowRate: number;
	    requests: number;
	    bytes: number;
	    retries: number;
	    elapsed: number;
	    left: number;
	    waited: number;
	    waitLeft: number;
	    waitWhy: string;
	    firstLook: boolean;
	    projects: string[];
	    parked: UnreadView[];
	    skipped: UnreadView[];
	    log: LogLineView[];
	    fault?: fault.Report;
	    dashboardId: string;
	    reportId: string;
	
	    static createFrom(source: any = {}) {
	        return new ProgressView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.datasetId = source["datasetId"];
	        this.name = source["name"];
	        this.organization = source["organization"];
	        this.person = source["person"];
	        this.type = source["type"];
	        this.state = source["state"];
	        this.percent = source["percent"];
	        this.phases = this.convertValues(source["phases"], PhaseView);
	        this.rows = source["rows"];
	        this.rowRate = source["rowRate"];
	        this.requests = source["requests"];
	        this.bytes = source["bytes"];
	        this.retries = source["retries"];
	        this.elapsed = source["elapsed"];
	        this.left = source["left"];
	        this.waited = source["waited"];
	        this.waitLeft = source["waitLeft"];
	        this.waitWhy = source["waitWhy"];
	        this.firstLook = source["firstLook"];
	        this.projects = source["projects"];
	        this.parked = this.convertValues(source["parked"], UnreadView);
	        this.skipped = this.convertValues(source["skipped"], UnreadView);
	        this.log = this.convertValues(source["log"], LogLineView);
	        this.fault = this.convertValues(source["fault"], fault.Report);
	        this.dashboardId = source["dashboardId"];
	        this.reportId = source["reportId"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class ProofRowView {
	    entity: string;
	    name: string;
	    server: number;
	    held: number;
	    known: boolean;
	    kept: number;
	    missing: number;
	    state: string;
	    note: string;
	
	    static createFrom(source: any = {}) {
	        return new ProofRowView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.entity = source["entity"];
	        this.name = source["name"];
	        this.server = source["server"];
	        this.held = source["held"];
	        this.known = source["known"];
	        this.kept = source["kept"];
	        this.missing = source["missing"];
	        this.state = source["state"];
	        this.note = source["note"];
	    }
	}
	export class ProofView {
	    checked: string;
	    person: string;
	    organization: string;
	    rows: ProofRowView[];
	    notes: string[];
	    requests: number;
	
	    static createFrom(source: any = {}) {
	        return new ProofView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.checked = source["checked"];
	        this.person = source["person"];
	        this.organization = source["organization"];
	        this.rows = this.convertValues(source["rows"], ProofRowView);
	        this.notes = source["notes"];
	        this.requests = source["requests"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class RegistrationProof {
	    what: string;
	    state: string;
	    sentence: string;
	
	    static createFrom(source: any = {}) {
	        return new RegistrationProof(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.what = source["what"];
	        this.state = source["state"];
	        this.sentence = source["sentence"];
	    }
	}
	export class RegistrationCheck {
	    directory: string;
	    authority: string;
	    checks: RegistrationProof[];
	    fault?: fault.Report;
	
	    static createFrom(source: any = {}) {
	        return new RegistrationCheck(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.directory = source["directory"];
	        this.authority = source["authority"];
	        this.checks = this.convertValues(source["checks"], RegistrationProof);
	        this.fault = this.convertValues(source["fault"], fault.Report);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class ReportView {
	    id: string;
	    name: string;
	    dataset: DatasetView;
	    pages: report.Page[];
	    absent: AbsentPage[];
	    problems: report.Problem[];
	    cards: report.FilterCard[];
	
	    static createFrom(source: any = {}) {
	        return new ReportView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.dataset = this.convertValues(source["dataset"], DatasetView);
	        this.pages = this.convertValues(source["pages"], report.Page);
	        this.absent = this.convertValues(source["absent"], AbsentPage);
	        this.problems = this.convertValues(source["problems"], report.Problem);
	        this.cards = this.convertValues(source["cards"], report.FilterCard);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class RunView {
	    type: string;
	    started: string;
	    ended: string;
	    status: string;
	    message: string;
	    rows: number;
	    requests: number;
	    bytes: number;
	    waited: number;
	    slowed: boolean;
	    changes: Record<string, ChangeView>;
	    added: number;
	    changed: number;
	    deleted: number;
	    parked: UnreadView[];
	    skipped: UnreadView[];
	
	    static createFrom(source: any = {}) {
	        return new RunView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.type = source["type"];
	        this.started = source["started"];
	        this.ended = source["ended"];
	        this.status = source["status"];
	        this.message = source["message"];
	        this.rows = source["rows"];
	        this.requests = source["requests"];
	        this.bytes = source["bytes"];
	        this.waited = source["waited"];
	        this.slowed = source["slowed"];
	        this.changes = this.convertValues(source["changes"], ChangeView, true);
	        this.added = source["added"];
	        this.changed = source["changed"];
	        this.deleted = source["deleted"];
	        this.parked = this.convertValues(source["parked"], UnreadView);
	        this.skipped = this.convertValues(source["skipped"], UnreadView);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class SaveResult {
	    path: string;
	    canceled: boolean;
	    download: boolean;
	    link: string;
	
	    static createFrom(source: any = {}) {
	        return new SaveResult(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.path = source["path"];
	        this.canceled = source["canceled"];
	        this.download = source["download"];
	        this.link = source["link"];
	    }
	}
	
	export class ShellView {
	    version: string;
	    face: string;
	    theme: string;
	    background: boolean;
	    notifications: string;
	    accounts: AccountView[];
	    dashboards: NavItem[];
	    reports: NavItem[];
	    datasets: NavItem[];
	
	    static createFrom(source: any = {}) {
	        return new ShellView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.version = source["version"];
	        this.face = source["face"];
	        this.theme = source["theme"];
	        this.background = source["background"];
	        this.notifications = source["notifications"];
	        this.accounts = this.convertValues(source["accounts"], AccountView);
	        this.dashboards = this.convertValues(source["dashboards"], NavItem);
	        this.reports = this.convertValues(source["reports"], NavItem);
	        this.datasets = this.convertValues(source["datasets"], NavItem);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class SignOutPlan {
	    account: AccountView;
	    datasets: AccountConnection[];
	    forgets: string[];
	    remains: string[];
	    page: string;
	
	    static createFrom(source: any = {}) {
	        return new SignOutPlan(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.account = this.convertValues(source["account"], AccountView);
	        this.datasets = this.convertValues(source["datasets"], AccountConnection);
	        this.forgets = source["forgets"];
	        this.remains = source["remains"];
	        this.page = source["page"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class SignOutReport {
	    accounts: AccountsView;
	    deleted: string[];
	    remains: string[];
	    faults: fault.Report[];
	
	    static createFrom(source: any = {}) {
	        return new SignOutReport(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.accounts = this.convertValues(source["accounts"], AccountsView);
	        this.deleted = source["deleted"];
	        this.remains = source["remains"];
	        this.faults = this.convertValues(source["faults"], fault.Report);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	
	export class TimerView {
	    supported: boolean;
	    kind: string;
	    on: boolean;
	    everyMinutes: number;
	    entries: string[];
	    detail: string;
	    fault?: fault.Report;
	
	    static createFrom(source: any = {}) {
	        return new TimerView(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.supported = source["supported"];
	        this.kind = source["kind"];
	        this.on = source["on"];
	        this.everyMinutes = source["everyMinutes"];
	        this.entries = source["entries"];
	        this.detail = source["detail"];
	        this.fault = this.convertValues(source["fault"], fault.Report);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	

}

export namespace fault {
	
	export class Fact {
	    name: string;
	    value: string;
	
	    static createFrom(source: any = {}) {
	        return new Fact(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.value = source["value"];
	    }
	}
	export class Report {
	    code: string;
	    message: string;
	    hint: string;
	    facts: Fact[];
	    actions: string[];
	
	    static createFrom(source: any = {}) {
	        return new Report(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.code = source["code"];
	        this.message = source["message"];
	        this.hint = source["hint"];
	        this.facts = this.convertValues(source["facts"], Fact);
	        this.actions = source["actions"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}

}

export namespace report {
	
	export class Drill {
	    level: number;
	    expanded?: boolean;
	    path?: dataset.Filter[];
	
	    static createFrom(source: any = {}) {
	        return new Drill(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.level = source["level"];
	        this.expanded = source["expanded"];
	        this.path = this.convertValues(source["path"], dataset.Filter);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Selection {
	    visual: string;
	    filters: dataset.Filter[];
	
	    static createFrom(source: any = {}) {
	        return new Selection(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.visual = source["visual"];
	        this.filters = this.convertValues(source["filters"], dataset.Filter);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class PageState {
	    slicers?: Record<string, Array<any>>;
	    selection?: Selection;
	    asOf?: string;
	    compareWith?: string;
	    cards?: Record<string, Array<dataset.Filter>>;
	    drill?: Record<string, Drill>;
	    sort?: Record<string, Array<dataset.Sort>>;
	
	    static createFrom(source: any = {}) {
	        return new PageState(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.slicers = source["slicers"];
	        this.selection = this.convertValues(source["selection"], Selection);
	        this.asOf = source["asOf"];
	        this.compareWith = source["compareWith"];
	        this.cards = this.convertValues(source["cards"], Array<dataset.Filter>, true);
	        this.drill = this.convertValues(source["drill"], Drill, true);
	        this.sort = this.convertValues(source["sort"], Array<dataset.Sort>, true);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class FilterCard {
	    id: string;
	    title?: string;
	    field: string;
	    filters?: dataset.Filter[];
	    locked?: boolean;
	    hidden?: boolean;
	
	    static createFrom(source: any = {}) {
	        return new FilterCard(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.title = source["title"];
	        this.field = source["field"];
	        this.filters = this.convertValues(source["filters"], dataset.Filter);
	        this.locked = source["locked"];
	        this.hidden = source["hidden"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class ReferenceLine {
	    kind: string;
	    value?: number;
	    label?: string;
	
	    static createFrom(source: any = {}) {
	        return new ReferenceLine(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.kind = source["kind"];
	        this.value = source["value"];
	        this.label = source["label"];
	    }
	}
	export class Options {
	    colorBy?: string;
	    dot?: string;
	    dataBars?: string[];
	    labels?: boolean;
	    unit?: string;
	    layout?: string;
	    lines?: ReferenceLine[];
	
	    static createFrom(source: any = {}) {
	        return new Options(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.colorBy = source["colorBy"];
	        this.dot = source["dot"];
	        this.dataBars = source["dataBars"];
	        this.labels = source["labels"];
	        this.unit = source["unit"];
	        this.layout = source["layout"];
	        this.lines = this.convertValues(source["lines"], ReferenceLine);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Visual {
	    id: string;
	    type: string;
	    title: string;
	    subtitle?: string;
	    foot?: string;
	    place: Place;
	    query: dataset.Query;
	    spark?: dataset.Query;
	    sparkLabel?: string;
	    options: Options;
	    levels?: dataset.Group[];
	    tooltips?: dataset.Value[];
	    cards?: FilterCard[];
	    text?: string;
	    interactions?: Record<string, string>;
	
	    static createFrom(source: any = {}) {
	        return new Visual(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.type = source["type"];
	        this.title = source["title"];
	        this.subtitle = source["subtitle"];
	        this.foot = source["foot"];
	        this.place = this.convertValues(source["place"], Place);
	        this.query = this.convertValues(source["query"], dataset.Query);
	        this.spark = this.convertValues(source["spark"], dataset.Query);
	        this.sparkLabel = source["sparkLabel"];
	        this.options = this.convertValues(source["options"], Options);
	        this.levels = this.convertValues(source["levels"], dataset.Group);
	        this.tooltips = this.convertValues(source["tooltips"], dataset.Value);
	        this.cards = this.convertValues(source["cards"], FilterCard);
	        this.text = source["text"];
	        this.interactions = source["interactions"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class TileSource {
	    reportId: string;
	    pageId: string;
	    visualId?: string;
	
	    static createFrom(source: any = {}) {
	        return new TileSource(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.reportId = source["reportId"];
	        this.pageId = source["pageId"];
	        this.visualId = source["visualId"];
	    }
	}
	export class Place {
	    x: number;
	    y: number;
	    w: number;
	    h: number;
	
	    static createFrom(source: any = {}) {
	        return new Place(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.x = source["x"];
	        this.y = source["y"];
	        this.w = source["w"];
	        this.h = source["h"];
	    }
	}
	export class Tile {
	    id: string;
	    place: Place;
	    source?: TileSource;
	    visual: Visual;
	    state: PageState;
	    pageId?: string;
	    title?: string;
	    subtitle?: string;
	    refreshed?: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Tile(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.place = this.convertValues(source["place"], Place);
	        this.source = this.convertValues(source["source"], TileSource);
	        this.visual = this.convertValues(source["visual"], Visual);
	        this.state = this.convertValues(source["state"], PageState);
	        this.pageId = source["pageId"];
	        this.title = source["title"];
	        this.subtitle = source["subtitle"];
	        this.refreshed = source["refreshed"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Dashboard {
	    version: number;
	    revision?: number;
	    name: string;
	    tiles: Tile[];
	    narrow?: string[];
	
	    static createFrom(source: any = {}) {
	        return new Dashboard(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.version = source["version"];
	        this.revision = source["revision"];
	        this.name = source["name"];
	        this.tiles = this.convertValues(source["tiles"], Tile);
	        this.narrow = source["narrow"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	
	
	export class When {
	    tables?: string[];
	    processes?: string[];
	    columns?: string[];
	
	    static createFrom(source: any = {}) {
	        return new When(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.tables = source["tables"];
	        this.processes = source["processes"];
	        this.columns = source["columns"];
	    }
	}
	export class Slicer {
	    id: string;
	    title: string;
	    field: string;
	    op?: string;
	    kind?: string;
	    single?: boolean;
	    default?: dataset.Filter;
	
	    static createFrom(source: any = {}) {
	        return new Slicer(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.title = source["title"];
	        this.field = source["field"];
	        this.op = source["op"];
	        this.kind = source["kind"];
	        this.single = source["single"];
	        this.default = this.convertValues(source["default"], dataset.Filter);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Page {
	    id: string;
	    name: string;
	    title: string;
	    subtitle?: string;
	    noun?: string;
	    count?: string;
	    slicers: Slicer[];
	    filters?: dataset.Filter[];
	    cards?: FilterCard[];
	    visuals: Visual[];
	    when?: When;
	    hidden?: boolean;
	    timeTravel?: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Page(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.title = source["title"];
	        this.subtitle = source["subtitle"];
	        this.noun = source["noun"];
	        this.count = source["count"];
	        this.slicers = this.convertValues(source["slicers"], Slicer);
	        this.filters = this.convertValues(source["filters"], dataset.Filter);
	        this.cards = this.convertValues(source["cards"], FilterCard);
	        this.visuals = this.convertValues(source["visuals"], Visual);
	        this.when = this.convertValues(source["when"], When);
	        this.hidden = source["hidden"];
	        this.timeTravel = source["timeTravel"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	
	export class Problem {
	    pageId: string;
	    visual: string;
	    says: string;
	
	    static createFrom(source: any = {}) {
	        return new Problem(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.pageId = source["pageId"];
	        this.visual = source["visual"];
	        this.says = source["says"];
	    }
	}
	
	
	
	
	
	

}

