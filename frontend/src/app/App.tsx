import { ThemeProvider } from '../ui/theme';

export function App() {
  return <ThemeProvider choice="system">{null}</ThemeProvider>;
}
