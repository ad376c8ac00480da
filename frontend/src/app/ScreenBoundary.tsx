import { ErrorCircle20Regular } from '@fluentui/react-icons/svg/error-circle';
import { Component, type ReactNode } from 'react';
import { Button } from '../ui/Button';
import { FaultCard } from '../ui/FaultCard';
import styles from './Shell.module.css';
import { states } from './texts';

/** Keeps a defect of one screen on that screen: the frame and every other item stay usable. */
export class ScreenBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    const fault = { message: states.broken, hint: states.brokenHint, facts: [{ name: 'Defect', value: error.message }] };
    return (
      <div className={styles.fault}>
        <FaultCard
          fault={fault}
          title={states.brokenTitle}
          tone="warning"
          icon={<ErrorCircle20Regular />}
          actions={
            <Button look="primary" onClick={() => this.setState({ error: null })}>
              {states.again}
            </Button>
          }
        />
      </div>
    );
  }
}
