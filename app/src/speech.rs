//! 朗读 in 长者版 (ux O3): a small script of its own, sent with its pages alone, so that the program is none the larger. Where the
//! browser cannot speak the button is not shown.

/// One press reads the page from its heading on, and from then on whatever the focus comes to; the next press ends it.
pub const READ_ALOUD: &str = "{const root=document.documentElement,speech=window.speechSynthesis;let on=false;\
const buttons=()=>document.querySelectorAll('.call button'),mark=()=>buttons().forEach(b=>b.setAttribute('aria-pressed',on));\
const say=text=>{speech.cancel();(text||'').split(/\\n+/).filter(line=>line.trim()).forEach(line=>{\
const said=new SpeechSynthesisUtterance(line);said.lang='zh-CN';said.rate=.9;speech.speak(said)})};\
const named=e=>{const label=e.getAttribute('aria-label')||Array.from(e.labels||[],l=>l.innerText).join('\\n')||e.innerText;\
return e.type==='password'?label:[label,e.tagName==='SELECT'?(e.selectedOptions[0]||{}).text:e.type==='text'?e.value:''].join('\\n')};\
if(speech&&window.SpeechSynthesisUtterance){root.setAttribute('data-speaks','');\
document.addEventListener('click',event=>{if(!event.target.closest('.call button'))return;on=!on;mark();\
const main=document.querySelector('main');on&&main?say(main.innerText):speech.cancel()});\
document.addEventListener('focusin',event=>{mark();if(on&&!event.target.closest('.call'))say(named(event.target))});\
addEventListener('pagehide',()=>speech.cancel())}}";
