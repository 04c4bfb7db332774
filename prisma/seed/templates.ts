/** The demo's templates: what a shop and a hotel would send. */

export const AUTUMN = {
  name: '秋の新作のご案内',
  subject: '{{ name }}様、秋の新作が入荷しました',
  html: `<!doctype html>
<html lang="ja"><body style="margin:0;background:#f6f4ef;font-family:'Hiragino Sans','Noto Sans CJK JP',sans-serif;color:#2b2b2b">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px">
<table role="presentation" width="560" cellpadding="0" cellspacing="0" style="background:#ffffff;border-radius:8px">
<tr><td style="padding:32px 32px 8px;font-size:20px;font-weight:bold">桜商店 秋の新作</td></tr>
<tr><td style="padding:8px 32px;line-height:1.8">{{ name }} 様<br><br>いつも桜商店をご利用いただき、ありがとうございます。{{ prefecture | default: "全国" }}のお客様に、秋の新作をいち早くご案内します。</td></tr>
<tr><td style="padding:8px 32px;line-height:1.8">現在のポイント残高は <strong>{{ points | default: "0" }}</strong> ポイントです。</td></tr>
<tr><td style="padding:24px 32px 32px;font-size:12px;color:#777;line-height:1.7">桜商店株式会社<br>東京都千代田区丸の内1-1-1<br>配信停止は<a href="{{ unsubscribe_url }}">こちら</a></td></tr>
</table></td></tr></table></body></html>
`,
  text: `{{ name }} 様

いつも桜商店をご利用いただき、ありがとうございます。
秋の新作をいち早くご案内します。

現在のポイント残高は {{ points | default: "0" }} ポイントです。

--
桜商店株式会社  東京都千代田区丸の内1-1-1
配信停止: {{ unsubscribe_url }}
`,
};

export const HOLIDAY = {
  name: '年末年始のお知らせ',
  subject: '【富士ホテル】{{ name }}様へ 年末年始のご案内',
  html: `<!doctype html>
<html lang="ja"><body style="font-family:'Hiragino Sans','Noto Sans CJK JP',sans-serif;color:#2b2b2b;line-height:1.8">
<p>{{ name }} 様</p><p>富士ホテルの年末年始プランをご案内いたします。{{ prefecture | default: "全国" }}からのご来館をお待ちしております。</p>
<p style="font-size:12px;color:#777">富士ホテル 山梨県富士吉田市1-2-3<br><a href="{{ unsubscribe_url }}">配信停止</a></p></body></html>
`,
  text: `{{ name }} 様

富士ホテルの年末年始プランをご案内いたします。

--
富士ホテル  山梨県富士吉田市1-2-3
配信停止: {{ unsubscribe_url }}
`,
};
