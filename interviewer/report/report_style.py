"""The style of the report page."""

from __future__ import annotations

STYLE = """
:root{--cold:#17694a;--on-cold:#fff;--prompted:#f2c14e;--prompted-line:#8a6200;--on-prompted:#2b2100;
--missed:#a8351b;--proof:#fff0b3;--proof-line:#8a6200;--wrong:#fbdfd7}
@media (prefers-color-scheme:dark){:root{--cold:#46b98c;--on-cold:#06231a;--prompted:#d9a62e;
--prompted-line:#f2c14e;--on-prompted:#1f1700;--missed:#ff9b80;--proof:#4b3f0e;--proof-line:#e3bd55;
--wrong:#56261b}}
html{scroll-padding-top:1rem}
body{max-width:46rem;margin:0 auto;padding:2.5rem 1.25rem 4rem;overflow-wrap:anywhere}
h1{font-size:1.75rem;line-height:1.25;margin:.1rem 0 .5rem}
h2{font-size:1.25rem;margin:3rem 0 1rem;padding-bottom:.4rem;border-bottom:1px solid var(--line)}
h3{font-size:1rem;margin:0}h4{font-size:1rem;margin:0}
p{margin:.5rem 0}ol,ul{margin:.5rem 0}
h3 .soft,h4 .soft{font-weight:400}
.kind,.who,.no{color:var(--soft);font-size:.8125rem;font-weight:600}
.kind{margin:0}header p{margin:.25rem 0}
.count{font-size:1.125rem}
.note{color:var(--soft);font-size:.875rem;margin:.4rem 0}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);
white-space:nowrap}
.definitions{position:absolute}
.skip{position:absolute;left:1rem;top:-4rem;background:var(--bg);padding:.5rem .75rem;z-index:1}
.skip:focus{top:.5rem}
.glyph{flex:none;vertical-align:-.1em}
.bands,.sections,.strip,.legend{list-style:none;padding:0}
.bands li{display:grid;grid-template-columns:13rem minmax(0,1fr);gap:.2rem 1.5rem;padding:1rem 0;
border-bottom:1px solid var(--line)}
.bands li:first-child{padding-top:.4rem}.bands li:last-child{border:0}
.bands p{margin:.2rem 0}.bands .badge{margin-top:.35rem}
.over{margin:2rem 0 .6rem}
.badge{display:inline-flex;align-items:center;gap:.35rem;border:1.5px solid;border-radius:.3rem;
padding:.05rem .5rem;font-size:.875rem;font-weight:600}
.cold.badge,.cold.cell{background:var(--cold);border-color:var(--cold);color:var(--on-cold)}
.prompted.badge,.prompted.cell{background:var(--prompted);border-color:var(--prompted-line);
color:var(--on-prompted)}
.missed.badge,.missed.cell{border-color:var(--missed);color:var(--missed)}
.ungraded.badge,.ungraded.cell{border-color:var(--soft);border-style:dashed;color:var(--fg);
background:var(--fill)}
.not-asked.badge,.not-asked.cell{border-color:var(--line);color:var(--soft)}
.gauge{display:block;overflow:visible;margin:.5rem 0 .25rem}
.gauge text{font-size:12px;fill:var(--soft)}
.track{fill:var(--fill);stroke:var(--line)}.gauge .cold,.bar .cold{fill:var(--cold)}
.target{stroke:var(--fg);stroke-width:2}
.spread{fill:var(--fg)}
.spread-end{stroke:var(--fg);stroke-width:2}
.sections li{display:grid;grid-template-columns:13rem minmax(0,1fr) 4rem;gap:.75rem;align-items:center;
padding:.2rem 0}
.sections .of{text-align:right;font-variant-numeric:tabular-nums;font-size:.9375rem}
.bar{display:block}.bar rect{width:calc(100% - 2px);stroke-width:1.5}.bar text{font-size:12.5px}
.bar .prompted{fill:url(#hatch)}.bar .ungraded{fill:url(#dots)}
.bar .missed{fill:var(--bg);stroke:var(--missed)}.bar .not-asked{fill:var(--fill);stroke:var(--line)}
.hatch-back{fill:var(--prompted)}.hatch-line{fill:var(--prompted-line);fill-opacity:.28}
.dots-back{fill:var(--fill)}.dots-dot{fill:var(--soft);fill-opacity:.6}
.on-cold{fill:var(--on-cold)}.on-prompted{fill:var(--on-prompted)}.on-missed{fill:var(--missed)}
.on-ungraded{fill:var(--fg)}.on-not-asked{fill:var(--soft)}
.strip{display:grid;grid-template-columns:repeat(auto-fill,minmax(3.25rem,1fr));gap:.35rem}
.cell{display:flex;align-items:center;justify-content:center;gap:.3rem;border:1.5px solid;
border-radius:.3rem;text-decoration:none;font-size:.875rem;font-variant-numeric:tabular-nums}
.strip .cell{min-height:2.1rem}.strip .cell>span{display:flex;align-items:center;gap:.3rem}
a.cell:hover{text-decoration:underline}
.legend{display:flex;flex-wrap:wrap;gap:.35rem 1.1rem;font-size:.875rem;color:var(--soft);
margin:.25rem 0}
.legend li{display:flex;align-items:center;gap:.4rem}.legend .cell{width:1.5rem;height:1.3rem}
.study>li{margin:.5rem 0}.study ul{font-size:.9375rem;margin:.2rem 0}
.runs th,.runs td{text-align:left;padding:.3rem 1.5rem .3rem 0;border-bottom:1px solid var(--line);
overflow-wrap:normal}
.part{margin:2.5rem 0 0;color:var(--soft)}
article{border-top:1px solid var(--line);padding:1.4rem 0 .6rem;margin-top:.75rem}
article h4{font-size:1.125rem;line-height:1.35}.no{display:block;margin-bottom:.15rem}
.result{display:flex;flex-wrap:wrap;gap:.3rem .75rem;align-items:center;font-size:.9375rem;
font-variant-numeric:tabular-nums}
.turn+.turn{margin-top:1.4rem}
.asked{margin:.9rem 0 .4rem;padding-left:.9rem;border-left:3px solid var(--mark)}
.asked .who{display:block}
.who{margin:.75rem 0 .2rem}.who .soft,.passed .soft{font-weight:400;margin-left:.35rem}
blockquote{margin:.25rem 0 .6rem;white-space:pre-wrap}
.answer{background:var(--fill);border-radius:.4rem;padding:.75rem .95rem;line-height:1.65}
.reference{border-left:3px solid var(--cold);padding-left:.9rem}
mark{background:var(--proof);color:var(--fg);padding:.1em 0;
box-shadow:inset 0 -1.5px var(--proof-line)}
mark.wrong{background:var(--wrong);box-shadow:none;text-decoration:underline wavy var(--missed);
text-decoration-skip-ink:none}
sup{font-size:.72em;font-weight:700;line-height:0;padding:0 .2em 0 .1em;color:var(--fg)}
.verdicts{width:100%;margin:.5rem 0;font-size:.9375rem;overflow-wrap:break-word}
.verdicts th,.verdicts td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;
border-bottom:1px solid var(--line);font-weight:400}
.verdicts thead th{color:var(--soft);font-size:.8125rem;font-weight:600;padding-bottom:.2rem;
white-space:nowrap}
.verdicts tr>:first-child{width:1.25rem}.verdicts tr>:nth-child(3){width:6.25rem}
.verdicts tr>:nth-child(4){width:5.5rem}.verdicts tr>:nth-child(5){width:3.75rem}
.verdicts td{white-space:nowrap}.verdicts tbody th{overflow-wrap:anywhere}
.verdicts th:nth-child(n+4),.verdicts td:nth-child(n+4){text-align:right;padding-right:0;
padding-left:.75rem}
.label{font-weight:700}.level{font-weight:600}.why{display:block;color:var(--soft)}
.v-cold .glyph{color:var(--cold)}.v-missed .glyph,.v-wrong .level{color:var(--missed)}
.v-prompted .glyph{color:var(--prompted-line)}
.narrow{display:none}
summary{cursor:pointer;padding:.35rem 0;color:var(--mark)}
.criteria{padding-left:1.6rem}
.back{font-size:.875rem;margin:.6rem 0}
footer{margin-top:3rem;font-size:.875rem;color:var(--soft)}
footer h2{font-size:1rem}
.facts{display:grid;gap:.2rem;margin:0}.facts div{display:flex;gap:.75rem}
.facts dt{flex:none;width:6rem}.facts dd{margin:0}
@media (max-width:36rem){
body{padding:1.5rem 1rem 3rem}h1{font-size:1.5rem}h2{margin-top:2.25rem}
.bands li{grid-template-columns:minmax(0,1fr)}
.band{display:flex;flex-wrap:wrap;gap:.15rem .75rem;align-items:baseline}
.band .badge{margin-top:0}.band h3,.band h4{flex:1 0 100%}
.sections li{grid-template-columns:minmax(0,1fr) auto;gap:.1rem .75rem;padding:.35rem 0}
.sections .bar{grid-row:2;grid-column:1/-1}
.strip{grid-template-columns:repeat(auto-fill,minmax(2.9rem,1fr))}
.verdicts thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.verdicts thead tr,.verdicts thead th{display:block;width:1px!important;padding:0;overflow:hidden}
.verdicts,.verdicts tbody{display:block}
.verdicts tr>*{width:auto!important}
.verdicts tbody tr{display:flex;flex-wrap:wrap;gap:.15rem 0;padding:.5rem 0 .5rem 1.5rem;
position:relative;border-bottom:1px solid var(--line)}
.verdicts tbody th,.verdicts td,.verdicts td:nth-child(n+4){border:0;padding:0 .9rem 0 0;text-align:left}
.verdicts td.label{position:absolute;left:0;padding:0}
.verdicts tbody th{flex:1 0 100%;padding:0}
.verdicts td:nth-child(n+4){color:var(--soft)}
.narrow{display:inline}}
@page{margin:15mm 16mm}
@media print{
html{font-size:12.5px}body{max-width:none;padding:0}
.skip,.back,nav a::after{display:none}
h2,h3,h4,.result,.asked,.who{break-after:avoid}
.bands li,.answer,tr,.sections li{break-inside:avoid}
details::details-content{content-visibility:visible;display:block;block-size:auto}
summary{color:var(--fg);font-weight:600;list-style:none}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
a{color:inherit;text-decoration:none}}
"""
