package columns_test

import "sightline/backend/dataset"

func (r *worldReading) Repositories() []dataset.RepositoryRow { return nil }
func (r *worldReading) Pipelines() []dataset.PipelineRow      { return nil }
func (r *worldReading) Boards() []dataset.BoardRow            { return nil }
func (r *worldReading) TeamBoards() []dataset.TeamBoardRow    { return nil }
func (r *worldReading) Texts() []dataset.TextRow              { return nil }
func (r *worldReading) Fields() []dataset.FieldRow            { return nil }
func (r *worldReading) FactTables() []dataset.FactTable       { return nil }

func (r *worldReading) Facts(string, func(*dataset.FactRow) error) error { return nil }
