export { DatasetScreen } from './DatasetScreen';
export { DeleteDatasetDialog } from './DeleteDatasetDialog';
