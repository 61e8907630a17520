//! Characters that have two code points. Which of the two somebody gets depends on the age of their machine and of the register
//! from which a name came; the person reads the same character.

/// FE50 to FEA0 of GBK, in order: without a place in Unicode then, they were put at U+E815 to U+E864, and many fonts and
/// registers have them there still. Source: the mappings of these two bytes in GB 18030-2000, -2005 and -2022, and for FE51, FE52,
/// FE53, FE6C, FE76 and FE91, which all three leave private, the characters of extension B as they are listed in
/// <https://github.com/whatwg/encoding/issues/27>.
const OF_GBK: &str = "\
    ⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱\
    䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻";

/// U+F900 to U+FAD9, in order, as the characters that they are canonically the same as. Twelve of them are characters of their own
/// and stand for themselves. Source: UnicodeData.txt.
const OF_COMPATIBILITY: &str = "\
    豈更車賈滑串句龜龜契金喇奈懶癩羅蘿螺裸邏樂洛烙珞落酪駱亂卵欄爛蘭鸞嵐濫藍襤拉臘蠟廊朗浪狼郎來冷勞擄櫓爐盧老蘆虜路露魯鷺碌\
    祿綠菉錄鹿論壟弄籠聾牢磊賂雷壘屢樓淚漏累縷陋勒肋凜凌稜綾菱陵讀拏樂諾丹寧怒率異北磻便復不泌數索參塞省葉說殺辰沈拾若掠略亮\
    兩凉梁糧良諒量勵呂女廬旅濾礪閭驪麗黎力曆歷轢年憐戀撚漣煉璉秊練聯輦蓮連鍊列劣咽烈裂說廉念捻殮簾獵令囹寧嶺怜玲瑩羚聆鈴零靈\
    領例禮醴隸惡了僚寮尿料樂燎療蓼遼龍暈阮劉杻柳流溜琉留硫紐類六戮陸倫崙淪輪律慄栗率隆利吏履易李梨泥理痢罹裏裡里離匿溺吝燐璘\
    藺隣鱗麟林淋臨立笠粒狀炙識什茶刺切度拓糖宅洞暴輻行降見廓兀嗀﨎﨏塚﨑晴﨓﨔凞猪益礼神祥福靖精羽﨟蘒﨡諸﨣﨤逸都﨧﨨﨩飯飼\
    館鶴郞隷侮僧免勉勤卑喝嘆器塀墨層屮悔慨憎懲敏既暑梅海渚漢煮爫琢碑社祉祈祐祖祝禍禎穀突節練縉繁署者臭艹艹著褐視謁謹賓贈辶逸\
    難響頻恵𤋮舘﩮﩯並况全侀充冀勇勺喝啕喙嗢塚墳奄奔婢嬨廒廙彩徭惘慎愈憎慠懲戴揄搜摒敖晴朗望杖歹殺流滛滋漢瀞煮瞧爵犯猪瑱甆画\
    瘝瘟益盛直睊着磌窱節类絛練缾者荒華蝹襁覆視調諸請謁諾諭謹變贈輸遲醙鉶陼難靖韛響頋頻鬒龜𢡊𢡄𣏕㮝䀘䀹𥉉𥳐𧻓齃龎";

/// U+2F800 to U+2FA1D, in order, likewise.
const OF_SUPPLEMENT: &str = "\
    丽丸乁𠄢你侮侻倂偺備僧像㒞𠘺免兔兤具𠔜㒹內再𠕋冗冤仌冬况𩇟凵刃㓟刻剆割剷㔕勇勉勤勺包匆北卉卑博即卽卿卿卿𠨬灰及叟𠭣叫叱吆\
    咞吸呈周咢哶唐啓啣善善喙喫喳嗂圖嘆圗噑噴切壮城埴堍型堲報墬𡓤売壷夆多夢奢𡚨𡛪姬娛娧姘婦㛮㛼嬈嬾嬾𡧈寃寘寧寳𡬘寿将当尢㞁屠\
    屮峀岍𡷤嵃𡷦嵮嵫嵼巡巢㠯巽帨帽幩㡢𢆃㡼庰庳庶廊𪎒廾𢌱𢌱舁弢弢㣇𣊸𦇚形彫㣣徚忍志忹悁㤺㤜悔𢛔惇慈慌慎慌慺憎憲憤憯懞懲懶成戛\
    扝抱拔捐𢬌挽拼捨掃揤𢯱搢揅掩㨮摩摾撝摷㩬敏敬𣀊旣書晉㬙暑㬈㫤冒冕最暜肭䏙朗望朡杞杓𣏃㭉柺枅桒梅𣑭梎栟椔㮝楂榣槪檨𣚣櫛㰘次\
    𣢧歔㱎歲殟殺殻𣪍𡴋𣫺汎𣲼沿泍汧洖派海流浩浸涅𣴞洴港湮㴳滋滇𣻑淹潮𣽞𣾎濆瀹瀞瀛㶖灊災灷炭𠔥煅𤉣熜𤎫爨爵牐𤘈犀犕𤜵𤠔獺王㺬玥\
    㺸㺸瑇瑜瑱璅瓊㼛甤𤰶甾𤲒異𢆟瘐𤾡𤾸𥁄㿼䀈直𥃳𥃲𥄙𥄳眞真真睊䀹瞋䁆䂖𥐝硎碌磌䃣𥘦祖𥚚𥛅福秫䄯穀穊穏𥥼𥪧𥪧竮䈂𥮫篆築䈧𥲀糒䊠\
    糨糣紀𥾆絣䌁緇縂繅䌴𦈨𦉇䍙𦋙罺𦌾羕翺者𦓚𦔣聠𦖨聰𣍟䏕育脃䐋脾媵𦞧𦞵𣎓𣎜舁舄辞䑫芑芋芝劳花芳芽苦𦬼若茝荣莭茣莽菧著荓菊菌菜\
    𦰶𦵫𦳕䔫蓱蓳蔖𧏊蕤𦼬䕝䕡𦾱𧃒䕫虐虜虧虩蚩蚈蜎蛢蝹蜨蝫螆䗗蟡蠁䗹衠衣𧙧裗裞䘵裺㒻𧢮𧥦䚾䛇誠諭變豕𧲨貫賁贛起𧼯𠠄跋趼跰𠣞軔輸\
    𨗒𨗭邔郱鄑𨜮鄛鈸鋗鋘鉼鏹鐕𨯺開䦕閷𨵷䧦雃嶲霣𩅅𩈚䩮䩶韠𩐊䪲𩒖頋頋頩𩖶飢䬳餩馧駂駾䯎𩬰鬒鱀鳽䳎䳭鵧𪃎䳸𪄅𪈎𪊑麻䵖黹黾鼅鼏鼖\
    鼻𪘀";

fn nth(table: &str, c: char, first: char) -> Option<char> {
    table.chars().nth((c as usize).checked_sub(first as usize)?)
}

fn shifted(c: char, first: char, standard: char) -> Option<char> {
    char::from_u32((c as u32).checked_sub(first as u32)? + standard as u32)
}

/// The character that took the place of a private code point of GB 18030; every other character is itself. The marks and blanks among
/// the private ones are here too, so that none passes for a Chinese character.
pub(crate) fn standard(c: char) -> char {
    let found = match c {
        '\u{E815}'..='\u{E864}' => nth(OF_GBK, c, '\u{E815}'),
        // GB 18030-2005 (A8BC) and -2000 (A8BF): two letters of Pinyin.
        '\u{E7C7}' => Some('\u{1E3F}'),
        '\u{E7C8}' => Some('\u{01F9}'),
        // GB 18030-2022 (A6D9 to A6F3): punctuation of vertical lines, where U+FE11 and U+FE12 changed places.
        '\u{E78E}' => Some('\u{FE12}'),
        '\u{E78F}' => Some('\u{FE11}'),
        '\u{E78D}'..='\u{E796}' => shifted(c, '\u{E78D}', '\u{FE10}'),
        // GB 18030-2000 (A989 to A995): the marks that describe characters.
        '\u{E7E7}' => Some('\u{303E}'),
        '\u{E7E8}'..='\u{E7F3}' => shifted(c, '\u{E7E8}', '\u{2FF0}'),
        // A3A0, which decoders read as the blank of full width (WHATWG, Encoding Standard).
        '\u{E5E5}' => Some('\u{3000}'),
        c => Some(c),
    };
    found.unwrap_or(c)
}

/// The same for comparing: also the compatibility ideographs, which nobody tells apart from the character that they repeat.
pub(crate) fn unified(c: char) -> char {
    let found = match standard(c) {
        c @ '\u{F900}'..='\u{FAD9}' => nth(OF_COMPATIBILITY, c, '\u{F900}'),
        c @ '\u{2F800}'..='\u{2FA1D}' => nth(OF_SUPPLEMENT, c, '\u{2F800}'),
        c => Some(c),
    };
    found.unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    /// What the bytes of GB 18030-2022 stand for.
    fn decoded(bytes: [u8; 2]) -> char {
        let (text, is_wrong) = encoding_rs::GB18030.decode_without_bom_handling(&bytes);
        assert!(!is_wrong, "{bytes:x?}");
        text.chars().next().unwrap()
    }

    #[test]
    fn what_gbk_left_private_is_the_character_that_its_bytes_stand_for_today() {
        let still_private = [
            (0x51, '\u{E816}', '\u{20087}'),
            (0x52, '\u{E817}', '\u{20089}'),
            (0x53, '\u{E818}', '\u{200CC}'),
            (0x6C, '\u{E831}', '\u{215D7}'),
            (0x76, '\u{E83B}', '\u{2298F}'),
            (0x91, '\u{E855}', '\u{241FE}'),
        ];
        let bytes = (0x50..=0x7E).chain(0x80..=0xA0);
        for (byte, private) in bytes.zip('\u{E815}'..='\u{E864}') {
            match still_private.iter().find(|(left, ..)| *left == byte) {
                Some((_, old, new)) => assert_eq!((private, standard(private)), (*old, *new)),
                None => assert_eq!(standard(private), decoded([0xFE, byte]), "{private:?}"),
            }
        }
        assert_eq!((OF_GBK.chars().count(), standard('\u{E864}')), (80, '\u{9FBB}'));
        assert_eq!((standard('\u{E814}'), standard('\u{E865}')), ('\u{E814}', '\u{E865}'));
    }

    #[test]
    fn the_private_letters_marks_and_blanks_are_what_their_bytes_stand_for_today() {
        let vertical = (0xD9..=0xDF).chain([0xEC, 0xED, 0xF3]).zip('\u{E78D}'..='\u{E796}').map(|(byte, c)| ([0xA6, byte], c));
        let describing = (0x89..=0x95).zip('\u{E7E7}'..='\u{E7F3}').map(|(byte, c)| ([0xA9, byte], c));
        let letters = [([0xA8, 0xBC], '\u{E7C7}'), ([0xA8, 0xBF], '\u{E7C8}'), ([0xA3, 0xA0], '\u{E5E5}')];
        for (bytes, private) in vertical.chain(describing).chain(letters) {
            assert_eq!(standard(private), decoded(bytes), "{private:?}");
        }
    }

    #[test]
    fn a_compatibility_ideograph_is_the_character_that_it_repeats() {
        for c in ('\u{F900}'..='\u{FAD9}').chain('\u{2F800}'..='\u{2FA1D}').chain('\u{4E00}'..='\u{4E80}') {
            assert_eq!(vec![unified(c)], c.nfc().collect::<Vec<_>>(), "{c:?}");
        }
        let own = ["\u{FA0E}\u{FA0F}\u{FA11}\u{FA13}\u{FA14}\u{FA1F}", "\u{FA21}\u{FA23}\u{FA24}\u{FA27}\u{FA28}\u{FA29}"];
        assert!(own.concat().chars().all(|c| unified(c) == c));
    }
}
