package rest

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"sightline/backend/sampleorg/world"
)

// flagValue is one word of an enumeration with the number that clients send for it.
type flagValue struct {
	word   string
	number int
}

// The enumerations of the build service. Source: the published OpenAPI documents and Microsoft's Node client.
var (
	buildStatuses = []flagValue{{"none", 0}, {"inProgress", 1}, {"completed", 2}, {"cancelling", 4}, {"postponed", 8}, {"notStarted", 32}, {"all", 47}}
	buildResults  = []flagValue{{"none", 0}, {"succeeded", 2}, {"partiallySucceeded", 4}, {"failed", 8}, {"canceled", 32}}
	buildReasons  = []flagValue{{"none", 0}, {"manual", 1}, {"individualCI", 2}, {"batchedCI", 4}, {"schedule", 8}, {"scheduleForced", 16}, {"userCreated", 32}, {"validateShelveset", 64}, {"checkInShelveset", 128},
		{"pullRequest", 256}, {"buildCompletion", 512}, {"resourceTrigger", 1024}, {"triggered", 1967}, {"all", 2031}}
	buildOrders = []flagValue{{"finishTimeAscending", 2}, {"finishTimeDescending", 3}, {"queueTimeDescending", 4}, {"queueTimeAscending", 5}, {"startTimeDescending", 6}, {"startTimeAscending", 7}}
)

// flags reads words or numbers, several with commas; -1 when the parameter is absent.
func (c *call) flags(name string, of []flagValue) (int, *refusal) {
	text := c.param(name)
	if text == "" {
		return -1, nil
	}
	sum := 0
	for _, part := range strings.Split(text, ",") {
		part = strings.TrimSpace(part)
		if n, err := strconv.Atoi(part); err == nil {
			sum |= n
			continue
		}
		i := slices.IndexFunc(of, func(v flagValue) bool { return strings.EqualFold(v.word, part) })
		if i < 0 {
			return 0, badRequest("VssPropertyValidationException", "The value '"+part+"' is not valid for "+name+".")
		}
		sum |= of[i].number
	}
	return sum, nil
}

// numberOf is the number of a word.
func numberOf(of []flagValue, word string) int {
	for _, v := range of {
		if v.word == word {
			return v.number
		}
	}
	return 0
}

// instant is a query parameter with a time; the zero time when it is absent.
func (c *call) instant(name string) (time.Time, *refusal) {
	text := c.param(name)
	if text == "" {
		return time.Time{}, nil
	}
	t, ok := parseTime(text)
	if !ok {
		return t, badRequest("VssPropertyValidationException", "The value '"+text+"' is not valid for "+name+".")
	}
	return t, nil
}

// ids reads whole numbers with commas; nil when the parameter is absent.
func (c *call) ids(name string) ([]int, *refusal) {
	text := c.param(name)
	if text == "" {
		return nil, nil
	}
	list := []int{}
	for _, part := range strings.Split(text, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(part))
		if err != nil {
			return nil, badRequest("VssPropertyValidationException", "The value '"+part+"' is not valid for "+name+".")
		}
		list = append(list, n)
	}
	return list, nil
}

// buildFilter is what a list of builds asks for.
type buildFilter struct {
	definitions, queues, ids   []int
	number, branch, who        string
	repository, repositoryKind string
	tags                       []string
	status, result, reason     int // flags; -1 for any
	order                      int
	from, to                   time.Time
	perDefinition              int
	deletedOnly                bool
}

func (c *call) buildFilter() (f buildFilter, refused *refusal) {
	f.number, f.branch, f.who = c.param("buildNumber"), c.param("branchName"), c.param("requestedFor")
	f.repository, f.repositoryKind = c.param("repositoryId"), c.param("repositoryType")
	if f.repository != "" && f.repositoryKind == "" {
		return f, badRequest("InvalidBuildQueryException", "TF400898: The repositoryType parameter is required when repositoryId is given.")
	}
	if tags := c.param("tagFilters"); tags != "" {
		f.tags = strings.Split(tags, ",")
	}
	for _, list := range []struct {
		name string
		into *[]int
	}{{"definitions", &f.definitions}, {"queues", &f.queues}, {"buildIds", &f.ids}} {
		if *list.into, refused = c.ids(list.name); refused != nil {
			return f, refused
		}
	}
	for _, word := range []struct {
		name string
		of   []flagValue
		into *int
	}{{"statusFilter", buildStatuses, &f.status}, {"resultFilter", buildResults, &f.result}, {"reasonFilter", buildReasons, &f.reason}, {"queryOrder", buildOrders, &f.order}} {
		if *word.into, refused = c.flags(word.name, word.of); refused != nil {
			return f, refused
		}
	}
	if f.order < 2 {
		f.order = 3
	}
	if f.from, refused = c.instant("minTime"); refused != nil {
		return f, refused
	}
	if f.to, refused = c.instant("maxTime"); refused != nil {
		return f, refused
	}
	f.perDefinition, refused = c.number("maxBuildsPerDefinition", 0)
	// What is deleted here is gone, so there is nothing that includeDeleted could add.
	f.deletedOnly = strings.EqualFold(c.param("deletedFilter"), "onlyDeleted") || c.param("deletedFilter") == "2"
	return f, refused
}

// time is the time of a build that the order names, to which minTime and maxTime apply; 0 when it has none yet.
func (f *buildFilter) time(w *world.World, b *world.Build) int64 {
	switch f.order {
	case 2, 3:
		return w.Finished(b)
	case 6, 7:
		return w.Started(b)
	}
	return b.Queued
}

func (f *buildFilter) takes(w *world.World, b *world.Build) bool {
	at := f.time(w, b)
	switch {
	case f.deletedOnly:
		return false
	case !f.from.IsZero() && (at == 0 || at < f.from.UnixMilli()), !f.to.IsZero() && (at == 0 || at > f.to.UnixMilli()):
		return false
	case f.definitions != nil && !slices.Contains(f.definitions, b.Pipeline.ID), f.queues != nil && !slices.Contains(f.queues, b.Pipeline.Pool.Queue), f.ids != nil && !slices.Contains(f.ids, b.ID):
		return false
	case f.status > 0 && f.status&numberOf(buildStatuses, w.Status(b)) == 0, f.result > 0 && f.result&numberOf(buildResults, string(w.Result(b))) == 0, f.reason > 0 && f.reason&numberOf(buildReasons, string(b.Reason)) == 0:
		return false
	case f.number != "" && !wildcard(f.number, b.Number), f.branch != "" && f.branch != b.Branch && "refs/heads/"+f.branch != b.Branch:
		return false
	case f.who != "" && !wildcard(f.who, b.For.ID) && !wildcard(f.who, b.For.UPN) && !wildcard(f.who, b.For.Name):
		return false
	case f.repository != "" && (b.Pipeline.TFVC && !strings.EqualFold(f.repositoryKind, "TfsVersionControl") || !b.Pipeline.TFVC && !strings.EqualFold(b.Pipeline.Repository.ID, f.repository)):
		return false
	}
	for _, tag := range f.tags {
		if !slices.Contains(b.Tags(), strings.TrimSpace(tag)) {
			return false
		}
	}
	return true
}
