import { Component, type ReactNode } from 'react';

import { Button, Empty } from '@/shared/ui';

import { appTexts } from './texts';

interface State {
  error: Error | null;
}

/** Keeps a fault of one page from taking the console down. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const { t } = appTexts;
    return (
      <Empty title={t('broken.title')} text={`${t('broken.text')} (${error.message})`}>
        <Button onClick={() => this.setState({ error: null })}>{t('broken.reload')}</Button>
      </Empty>
    );
  }
}
