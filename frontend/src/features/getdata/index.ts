export { SignInDialog, type SignInDialogProps } from './dialog/SignInDialog';
export { GetDataScreen } from './GetDataScreen';
export { ServicesScreen } from './ServicesScreen';
