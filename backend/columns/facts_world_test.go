package columns_test

import "sightline/backend/dataset"

func (r *worldReading) Repositories() []dataset.RepositoryRow { return nil }
func (r *worldReading) Pipelines() []dataset.PipelineRow      { return nil }
func (r *worldReading) FactTables() []dataset.FactTable       { return nil }

func (r *worldReading) Facts(string, func(*dataset.FactRow) error) error { return nil }
