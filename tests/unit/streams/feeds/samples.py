"""One story in every format, written for these tests: what each reader must get from its own."""

import orjson

URI = "urn:story:1"
HEADLINE = "City taken"
FIRST, SECOND = "Ruritania said on Monday it took Strelsau & the north.", "Kyiv denied it."
BODY = f"{FIRST}\n\n{SECOND}"
CREATED = "2025-12-01T12:00:00Z"
HTML = "<p>Ruritania said on <b>Monday</b> it took Strelsau &amp; the north.</p>\n<p>Kyiv denied it.</p>"
ESCAPED = HTML.replace("&", "&amp;").replace("<", "&lt;")

NEWSML_G2 = f"""<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">
  <header><sent>2025-12-01T12:01:00Z</sent></header>
  <itemSet>
    <packageItem guid="urn:package" version="1"/>
    <newsItem guid="{URI}" version="3" standard="NewsML-G2" standardversion="2.32" xml:lang="de">
      <rightsInfo><copyrightHolder literal="Meridian"/><usageTerms>Not in Strelsau</usageTerms></rightsInfo>
      <itemMeta>
        <itemClass qcode="ninat:text"/>
        <provider qcode="nprov:MER"><name>Meridian</name></provider>
        <versionCreated>2025-12-01T13:00:00+01:00</versionCreated>
        <firstCreated>2025-12-01T11:00:00Z</firstCreated>
        <embargoed>2025-12-01T18:00:00Z</embargoed>
        <pubStatus qcode="stat:usable"/>
        <title>Another title</title>
        <edNote>To editors</edNote>
        <edNote pubconstraint="x:nonpublic">Ring 12345</edNote>
        <signal qcode="sig:correction"/>
      </itemMeta>
      <contentMeta>
        <urgency>2</urgency>
        <infoSource literal="Agency"/>
        <language tag="en-GB"/>
        <subject qcode="medtop:16000000"><name>conflict</name></subject>
        <slugline>CITY</slugline>
        <by>By Ann Author</by>
        <headline>{HEADLINE}</headline>
      </contentMeta>
      <contentSet><inlineXML contenttype="application/xhtml+xml">
        <html xmlns="http://www.w3.org/1999/xhtml"><head><title>not the body</title></head><body>{HTML}</body></html>
      </inlineXML></contentSet>
    </newsItem>
  </itemSet>
</newsMessage>
""".encode()

NITF = f"""<?xml version="1.0"?>
<!DOCTYPE nitf SYSTEM "nitf-3-6.dtd">
<nitf version="-//IPTC//DTD NITF 3.6//EN" baselang="en-GB">
  <head>
    <title>Another title</title>
    <tobject><tobject.subject tobject.subject.type="conflict"/></tobject>
    <docdata management-status="usable">
      <doc-id id-string="{URI}" regsrc="MER"/>
      <urgency ed-urg="2"/>
      <date.issue norm="20251201T120000Z"/>
      <date.release norm="20251201T180000Z"/>
      <du-key key="CITY" version="3"/>
      <ed-msg info="To editors"/>
      <correction info="The city was mis-spelt"/>
    </docdata>
  </head>
  <body>
    <body.head><hedline><hl1>{HEADLINE}</hl1></hedline><byline>By Ann Author</byline>
      <distributor>Meridian</distributor></body.head>
    <body.content>{HTML.replace("b>", "em>")}</body.content>
    <body.end>ends</body.end>
  </body>
</nitf>
""".encode()

NEWSML_1 = f"""<?xml version="1.0"?>
<NewsML Version="1.2">
  <NewsItem xml:lang="de">
    <Identification><NewsIdentifier>
      <ProviderId>meridian.example</ProviderId><DateId>20251201</DateId><NewsItemId>1</NewsItemId>
      <RevisionId PreviousRevision="2" Update="N">3</RevisionId><PublicIdentifier>{URI}</PublicIdentifier>
    </NewsIdentifier></Identification>
    <NewsManagement>
      <FirstCreated>20251201T110000Z</FirstCreated><ThisRevisionCreated>20251201T120000+0000</ThisRevisionCreated>
      <Status FormalName="Embargoed"/><StatusWillChange><FutureStatus FormalName="Usable"/>
      <DateAndTime>20251201T180000Z</DateAndTime></StatusWillChange><Urgency FormalName="2"/>
    </NewsManagement>
    <NewsComponent>
      <NewsLines><HeadLine>{HEADLINE}</HeadLine><ByLine>By Ann Author</ByLine><SlugLine>CITY</SlugLine></NewsLines>
      <AdministrativeMetadata><Provider><Party FormalName="Meridian"/></Provider></AdministrativeMetadata>
      <DescriptiveMetadata><Language FormalName="en-GB"/></DescriptiveMetadata>
      <NewsComponent><Role FormalName="Caption"/><ContentItem><DataContent>A caption.</DataContent></ContentItem>
      </NewsComponent>
      <NewsComponent><Role FormalName="Main"/><ContentItem><Format FormalName="NITF"/><DataContent>
        <nitf><body><body.content>{HTML}</body.content></body></nitf></DataContent></ContentItem></NewsComponent>
    </NewsComponent>
  </NewsItem>
</NewsML>
""".encode()

RSS = f"""<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel><title>Meridian</title><link>https://meridian.example/</link><language>en-GB</language>
    <item><title>City &lt;b&gt;taken&lt;/b&gt;</title><guid isPermaLink="false">{URI}</guid>
      <pubDate>Mon, 01 Dec 2025 13:00:00 +0100</pubDate><link>/1</link><dc:creator>By Ann Author</dc:creator>
      <description>A teaser</description><content:encoded><![CDATA[{HTML}]]></content:encoded></item>
  </channel>
</rss>
""".encode()

RDF = f"""<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel rdf:about="https://meridian.example/"><title>Meridian</title><dc:language>en-GB</dc:language></channel>
  <item rdf:about="{URI}"><title>{HEADLINE}</title><link>https://meridian.example/1</link>
    <dc:language>en-GB</dc:language><description>{ESCAPED}</description><dc:date>2025-12-01T12:00Z</dc:date>
    <dc:creator>By Ann Author</dc:creator></item>
</rdf:RDF>
""".encode()

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB" xml:base="https://meridian.example/">
  <title>Meridian</title><id>urn:feed</id><updated>2025-12-01T14:00:00Z</updated>
  <entry><id>{URI}</id><title type="html">City &lt;b&gt;taken&lt;/b&gt;</title><link href="/1"/>
    <published>2025-12-01T11:00:00Z</published><updated>2025-12-01T12:00:00Z</updated>
    <author><name>By Ann Author</name></author><summary>A teaser</summary>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{HTML}</div></content></entry>
</feed>
""".encode()

JSONFEED = orjson.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Meridian",
        "language": "en-GB",
        "items": [
            {"id": URI, "title": HEADLINE, "content_html": HTML, "date_published": CREATED,
             "authors": [{"name": "By Ann Author"}]}
        ],
    }
)  # fmt: skip

DIGITALWIRES = orjson.dumps(
    {
        "format": "digitalwires@0.9.1", "urn": URI, "version": 3, "version_created": "2025-12-01T13:00:00+01:00",
        "pubstatus": "usable", "signal": "sig:correction", "embargoed": "2025-12-01T19:00:00+01:00",
        "language": "en-GB", "urgency": 2, "headline": HEADLINE, "byline": "By Ann Author", "creditline": "Meridian",
        "article_html": f"<section class=\"main\">{HTML}</section>",
    }
)  # fmt: skip

NINJS_1 = orjson.dumps(
    {
        "guid": URI, "version": 3, "versioncreated": "2025-12-01T12:00:00+0000", "pubstatus": "usable",
        "firstcreated": "2025-12-01T11:00:00+0000", "embargoed": "2025-12-01T18:00:00+0000", "language": "en-GB",
        "urgency": 2, "headline": HEADLINE, "body_html": HTML, "byline": "By Ann Author", "source": "Meridian",
        "evolvedfrom": "urn:story:0",
    }
)  # fmt: skip

MAIL = f"""From: Meridian <desk@meridian.example>
Message-ID: <story-1@meridian.example>
Date: Mon, 01 Dec 2025 13:00:00 +0100
Subject: {HEADLINE}
Content-Type: text/plain; charset=utf-8
Content-Language: en-GB

Ruritania said on Monday it took
Strelsau & the north.

{SECOND}

-- 
Meridian news desk
""".encode()  # noqa: W291

TEXT = f"2025-12-01T12:00Z\n{BODY}\n".encode()

ALL = {
    "newsml-g2": NEWSML_G2, "nitf": NITF, "newsml-1": NEWSML_1, "rss": RSS, "rdf": RDF, "atom": ATOM,
    "jsonfeed": JSONFEED, "digitalwires": DIGITALWIRES, "ninjs": NINJS_1, "mail": MAIL, "text": TEXT,
}  # fmt: skip
