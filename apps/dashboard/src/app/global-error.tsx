'use client';
/** The last resort, when even the layout failed: no catalogue can be relied on, so both languages stand here. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="ja">
      <body>
        <main>
          <h1>ページを表示できませんでした</h1>
          <p>
            時間をおいて再読み込みしてください。続くときは管理者に次の番号をお知らせください:{' '}
            {error.digest}
          </p>
          <h2 lang="en">This page could not be shown</h2>
          <p lang="en">
            Reload it in a moment. If it goes on, tell the operator this number: {error.digest}
          </p>
        </main>
      </body>
    </html>
  );
}
