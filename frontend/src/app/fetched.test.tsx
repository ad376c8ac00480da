import { render, screen, waitFor } from '@testing-library/react';
import { Component, type ReactNode } from 'react';
import { expect, it, vi } from 'vitest';
import { fetched } from './fetched';

const Hello = ({ name }: { name: string }) => <p>Hello {name}</p>;

class Boundary extends Component<{ children: ReactNode }, { said: string }> {
  override state = { said: '' };
  static getDerivedStateFromError = (e: Error) => ({ said: e.message });
  override render() {
    return this.state.said || this.props.children;
  }
}

it('shows what waits until the screen is fetched, and fetches it once', async () => {
  const load = vi.fn(() => Promise.resolve(Hello));
  const [Screen] = fetched(load, <p>Opening</p>);
  const first = render(<Screen name="Ann" />);
  expect(screen.getByText('Opening')).toBeTruthy();
  expect(await screen.findByText('Hello Ann')).toBeTruthy();
  first.unmount();
  render(<Screen name="Bo" />);
  expect(screen.getByText('Hello Bo')).toBeTruthy();
  expect(load).toHaveBeenCalledTimes(1);
});

it('is there at once when it was fetched before it is opened', async () => {
  const [Screen, fetch] = fetched(() => Promise.resolve(Hello), <p>Opening</p>);
  await fetch();
  render(<Screen name="Ann" />);
  expect(screen.getByText('Hello Ann')).toBeTruthy();
});

it('gives a chunk that cannot be fetched to the boundary, and fetches it again when the screen is opened again', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const load = vi.fn<() => Promise<typeof Hello>>().mockRejectedValueOnce(new Error('no such file')).mockResolvedValueOnce(Hello);
  const [Screen] = fetched(load, <p>Opening</p>);
  const first = render(<Boundary><Screen name="Ann" /></Boundary>);
  await waitFor(() => expect(screen.getByText('no such file')).toBeTruthy());
  first.unmount();
  render(<Boundary><Screen name="Ann" /></Boundary>);
  expect(await screen.findByText('Hello Ann')).toBeTruthy();
});
