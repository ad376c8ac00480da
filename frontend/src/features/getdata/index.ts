export { GetDataScreen } from './GetDataScreen';
export { ServicesScreen } from './ServicesScreen';
