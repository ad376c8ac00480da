export { RegistrationScreen } from './RegistrationScreen';
