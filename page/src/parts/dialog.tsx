/** A dialog of the browser's own, which keeps the focus and closes with Escape; and a key that copies. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useTongue } from '../words/index.ts';

interface Props {
  readonly title: ComponentChildren;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
  readonly className: string;
}

export function Dialog({ title, onClose, children, className }: Props) {
  const { words } = useTongue();
  const own = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    own.current?.showModal();
  }, []);
  return (
    <dialog
      ref={own}
      class={className}
      aria-labelledby="dialog-title"
      onClose={onClose}
      onClick={(event) => {
        // The backdrop is the dialog's own box, outside its content.
        if (event.target === own.current) own.current?.close();
      }}
    >
      <div class="sheet">
        <header>
          <h2 id="dialog-title">{title}</h2>
          <button type="button" class="close" aria-label={words.details.close} onClick={() => own.current?.close()}>
            <span aria-hidden="true">✕</span>
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}

/** Code with a key that copies it. */
export function Code({ text, language }: { text: string; language: string }) {
  const { words } = useTongue();
  const [state, setState] = useState<'' | 'copied' | 'failed'>('');
  const pre = useRef<HTMLPreElement>(null);
  useEffect(() => setState(''), [text]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      // A page that did not come over TLS may not copy.
      if (pre.current) getSelection()?.selectAllChildren(pre.current);
      setState('failed');
    }
  };
  return (
    <div class="code">
      <p class="copy">
        <button type="button" onClick={() => void copy()}>
          {words.tools.copy}
        </button>
        <span role="status">{state === 'copied' ? words.tools.copied : state === 'failed' ? words.tools.copyFailed : ''}</span>
      </p>
      <pre ref={pre} dir="ltr" tabIndex={0} role="region" aria-label={language}>
        <code>{text}</code>
      </pre>
    </div>
  );
}
