package names
import ("testing";"os";"bufio";"fmt")
func TestDebug(t *testing.T){
 f,err:=os.Open("/tmp/dbg.txt"); if err!=nil {t.Skip()}
 j:=newJudge(t)
 sc:=bufio.NewScanner(f)
 for sc.Scan(){ c:=ParseExample(sc.Text()); fmt.Println(sc.Text()); for _,k:=range j.candidates(&c,true){ if k.score<0.05{continue}; fmt.Printf("   %s %.2f\n",j.book.rules[k.rule].id,k.score); for _,r:=range k.reasons{fmt.Printf("       %+.2f %s\n",r.Weight,r.What)}}}
}
