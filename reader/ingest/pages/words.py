"""The words by which pages tell what stands before, after and instead of an article, in the languages of many."""

from __future__ import annotations

import re
from typing import Final

from reader.ingest.pages.units import letters


def _any(lines: str) -> re.Pattern[str]:
    """Give a pattern that finds any of some lines."""
    return re.compile("|".join(line.strip() for line in lines.splitlines() if line.strip()), re.IGNORECASE)


PAID_WORDS: Final = _any(r"""
    subscribe (?:now )?to (?:continue|keep|read)
    to (?:continue|keep) reading
    subscribers? only
    for subscribers
    already a (?:subscriber|member)
    become a (?:subscriber|member|paying)
    this (?:article|story|post|content) is (?:only )?(?:for|reserved|exclusive|available to|behind)
    unlock (?:this|the|full)
    (?:start|begin) your (?:free )?(?:trial|subscription)
    you(?:'|’)ve (?:reached|read) (?:your|all)
    free articles? (?:left|remaining|this month)
    this post is for pa(?:id|ying)
    upgrade to (?:paid|read)
    jetzt (?:abonnieren|weiterlesen|registrieren)
    weiterlesen mit
    nur für abonnent
    mit einem abo
    sie haben bereits ein abo
    exklusiv für abonnent
    lesen sie weiter mit
    réservée? aux abonnés
    abonnez-vous
    la suite est réservée
    déjà abonné
    il vous reste \d+ ?% de cet article
    suscríbete para
    solo para suscriptores
    contenido exclusivo
    ya eres suscriptor
    sigue leyendo con
    abbonati per
    riservato agli abbonati
    sei già abbonato
    continua a leggere con
    conteúdo exclusivo
    exclusivo para assinantes
    assine para
    já é assinante
    alleen voor abonnees
    lees verder met
    al abonnee
    tylko dla subskrybentów
    wykup (?:dostęp|subskrypcję)
    оформите подписку
    только для подписчиков
    доступн\w+ по подписке
    続きを読むには
    有料会員
    会員限定
    この記事は有料
    订阅后
    付费阅读
    会员专享
    登录后阅读全文
    구독하고
    유료 회원
    للمشتركين فقط
    اشترك للقراءة
    למנויים בלבד
    להמשך קריאה
""")
"""What asks a reader to pay."""

COOKIE_WORDS: Final = _any(r"""
    cookie
    gdpr
    consent
    privacy settings
    we (?:and our \d* ?partners|value your privacy)
    datenschutz
    einwilligung
    zustimmen
    consentement
    privacidad
    consenso
    privacidade
    プライバシー
    隐私
    конфиденциальн
    خصوصية
    פרטיות
""")
"""What speaks of cookies."""

SCRIPT_WORDS: Final = _any(r"""
    (?:enable|turn on|activate|requires?|need to (?:enable|run)|without|allow) ?javascript
    javascript (?:is |ist |muss )?(?:disabled|required|aktivier|deaktiviert)
    javascript (?:is |ist |muss )?(?:désactivé|needed|must|to be enabled|enabled to run)
    javascript aktivieren
    activer javascript
    activez javascript
    habilit\w+ javascript
    attiva\w* javascript
    ative o javascript
    включите javascript
    javascriptを有効
    启用 ?javascript
    javascript.{0,40}(?:aktivieren|activ|habilit|enable)
""")
"""What asks for JavaScript."""

ROBOT_WORDS: Final = _any(r"""
    are you (?:a )?(?:human|robot)
    you are (?:a )?human
    not a robot
    verify(?:ing)? (?:that )?you(?:'re| are)
    checking your browser
    captcha
    unusual traffic
    attention required
    just a moment
    access denied
    request blocked
    cf-chl
    press (?:and|&) hold
    bist du ein mensch
    kein roboter
    pas un robot
    no soy un robot
    non sono un robot
    не робот
    ロボットではありません
    我不是机器人
    安全验证
    验证您是真人
""")
"""What tests whether a person reads."""

LOGIN_WORDS: Final = _any(r"""
    (?:log|sign) ?in to (?:continue|read|view|see)
    you must be logged in
    please (?:log|sign) ?in
    melden sie sich an
    bitte (?:loggen|melden)
    connectez-vous pour
    inicia sesión para
    accedi per
    войдите, чтобы
    ログインして
    请登录
""")
"""What asks a reader to log in."""

LAST_HEADINGS: Final = frozenset(
    letters(line)
    for line in """
    references
    bibliography
    see also
    external links
    further reading
    related
    related articles
    related posts
    related stories
    related links
    related content
    you may also like
    you might also like
    more stories
    more on this story
    more from
    read next
    read more
    recommended
    recommended reading
    share this
    share
    tags
    comments
    leave a reply
    leave a comment
    about the author
    navigation menu
    einzelnachweise
    weblinks
    siehe auch
    literatur
    mehr zum thema
    das könnte sie auch interessieren
    verwandte artikel
    kommentare
    références
    liens externes
    voir aussi
    notes et références
    à lire aussi
    articles liés
    sur le même sujet
    commentaires
    referencias
    enlaces externos
    véase también
    artículos relacionados
    te puede interesar
    comentarios
    riferimenti
    voci correlate
    collegamenti esterni
    leggi anche
    articoli correlati
    referências
    ver também
    ligações externas
    leia também
    veja também
    примечания
    литература
    ссылки
    см. также
    читайте также
    похожие статьи
    комментарии
    関連記事
    脚注
    関連項目
    外部リンク
    参考文献
    相关文章
    相关阅读
    参考资料
    外部链接
    参见
    评论
    مراجع
    انظر أيضا
    وصلات خارجية
    مقالات ذات صلة
    اقرأ أيضا
    הערות שוליים
    קישורים חיצוניים
    ראו גם
    לקריאה נוספת
    כתבות נוספות
""".splitlines()
    if line.strip()
)
"""What stands above references, and above what else there is to read."""
