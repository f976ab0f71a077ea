package schema

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

// Forms of each framework that change what another migration made.
func TestFormsOfMigrations(t *testing.T) {
	rails := func(body string) string {
		return "class A < ActiveRecord::Migration[7.1]\n  def change\n" + body + "\n  end\nend\n"
	}
	laravel := func(body string) string {
		return "<?php\nuse Illuminate\\Database\\Migrations\\Migration;\nreturn new class extends Migration { public function up(): void {\n" + body + "\n} };\n"
	}
	phinx := func(body string) string {
		return "<?php\nclass A extends AbstractMigration { public function change() {\n" + body + "\n} }\n"
	}
	django := func(body string) string {
		return "class Migration(migrations.Migration):\n    operations = [\n" + body + "\n    ]\n"
	}
	alembic := func(body string) string {
		return "from alembic import op\nimport sqlalchemy as sa\ndef upgrade():\n" + body + "\n"
	}
	node := func(body string) string {
		return "module.exports = { async up(queryInterface, Sequelize) {\n" + body + "\n} };\n"
	}
	for _, c := range []struct{ why, path, text, want string }{
		{"join table", "db/migrate/1.rb", rails("create_join_table :users, :badges do |t|\n t.string :motif\nend"), "badges_users(user_id badge_id motif)"},
		{"join table named", "db/migrate/1.rb", rails("create_join_table :users, :badges, table_name: :remises"), "remises(user_id badge_id)"},
		{"polymorphic", "db/migrate/1.rb", rails("create_table :notes do |t|\n t.references :sujet, polymorphic: true\n t.belongs_to :auteur\nend\nadd_reference :notes, :cible, polymorphic: true, index: true"), "notes(sujet_id sujet_type auteur_id cible_id cible_type)"},
		{"references removed", "db/migrate/1.rb", rails("create_table :notes do |t|\n t.string :nom\n t.references :agent\n t.references :sujet, polymorphic: true\nend\nremove_reference :notes, :agent, foreign_key: true\nchange_table :notes do |t|\n t.remove_references :sujet, polymorphic: true\n t.rename :nom, :nom_usage\nend"), "notes(nom_usage)"},
		{"columns at once", "db/migrate/1.rb", rails("create_table(:notes) { |t| t.string :nom }\nadd_columns :notes, :email, :telephone, type: :string\nadd_timestamps :notes\nremove_timestamps :notes\nUser.where(\"nom\").find_by(\"prenom\")"), "notes(nom email telephone)"},
		{"other connection", "database/migrations/1.php", laravel("Schema::connection('rh')->create('agents', function (Blueprint $table) {\n$table->id('agent_id');\n$table->string('nom');\n});"), "agents(agent_id nom)"},
		{"key called after a class", "database/migrations/1.php", laravel("Schema::create('a', function ($table) { $table->foreignIdFor(User::class); $table->foreignIdFor(\\App\\Models\\UserAccount::class)->constrained(); $table->foreignIdFor(User::class, 'auteur_id'); });"), "a(user_id user_account_id auteur_id)"},
		{"what is taken away", "database/migrations/1.php", laravel("Schema::create('a', function ($table) { $table->string('nom'); $table->string('fax'); $table->string('iban'); $table->morphs('cible'); $table->foreignId('user_id'); $table->timestamps(); $table->softDeletes(); $table->softDeletes('retire_le'); $table->rememberToken(); });\nSchema::table('a', function ($table) { $table->dropMorphs('cible'); $table->dropConstrainedForeignId('user_id'); $table->dropTimestamps(); $table->dropSoftDeletes(); $table->dropRememberToken(); $table->renameColumn('nom', 'nom_usage'); });\nSchema::dropColumns('a', ['fax', 'iban']);"), "a(nom_usage retire_le)"},
		{"Phinx", "db/migrations/1.php", phinx("$this->table('a')->addColumn('nom', 'string', ['limit' => 20])->addTimestamps()->create();\n$this->table('b')->addColumn('nom', 'string')->create();\n$this->table('b')->drop()->save();"), "a(nom created_at updated_at)"},
		{"no names", "soins/migrations/1.py", django("migrations.CreateModel('Patient', [('nom', models.CharField(max_length=20)), ('medecin', models.ForeignKey('Medecin'))]),\nmigrations.AddField('Patient', 'nir', models.CharField(max_length=15)),\nmigrations.RemoveField('Patient', 'nom'),\nmigrations.RenameField('Patient', 'medecin', 'traitant'),\nmigrations.RenameModel('Patient', 'Personne'),"), "soins_personne(traitant_id nir)"},
		{"SQL and what takes it back", "soins/migrations/1.py", django("migrations.RunSQL('CREATE TABLE visite (id int, motif text)', 'DROP TABLE visite'),\nmigrations.RunSQL(sql='ALTER TABLE visite ADD nir char(15)', reverse_sql='ALTER TABLE visite DROP COLUMN nir'),"), "visite(id motif nir)"},
		{"batch of another name", "alembic/versions/1.py", alembic("    op.create_table('a', sa.Column('nom', sa.String(20)), sa.Column('fax', sa.String(20)))\n    with op.batch_alter_table('a', schema=None) as b:\n        b.add_column(sa.Column('email', sa.String(80)))\n        b.drop_column('fax')\n        b.alter_column('nom', new_column_name='nom_usage')"), "a(nom_usage email)"},
		{"TypeORM changes", "src/migrations/1.ts", "export class A implements MigrationInterface { public async up(queryRunner: QueryRunner) {\nawait queryRunner.createTable(new Table({name: 'a', columns: [{name: 'nom', type: 'varchar'}, {name: 'fax', type: 'varchar'}, {name: 'iban', type: 'varchar'}, {name: 'bic', type: 'varchar'}]}));\nawait queryRunner.changeColumn('a', 'nom', new TableColumn({name: 'nom_usage', type: 'text'}));\nawait queryRunner.renameColumn('a', 'bic', new TableColumn({name: 'code', type: 'text'}));\nawait queryRunner.dropColumns('a', ['fax', 'iban']);\n} }", "a(nom_usage code)"},
		{"Sequelize", "migrations/1.js", node("await queryInterface.createTable('a', { nom: { type: Sequelize.STRING(20) }, fax: Sequelize.STRING });\nawait queryInterface.addColumn('a', 'email', { type: Sequelize.STRING });\nawait queryInterface.changeColumn('a', 'nom', { type: Sequelize.TEXT });\nawait queryInterface.removeColumn('a', 'fax');"), "a(nom email)"},
		{"Prisma", "prisma/schema.prisma", "enum Role {\n  AGENT\n}\nmodel User {\n  id Int @id @map(name: \"user_id\")\n  role Role\n  mail String? @unique @map(\"e_mail\") @db.VarChar(80)\n  notes Note[]\n  @@map(name: \"utilisateurs\")\n}\nmodel Note {\n  id Int @id\n  user User @relation(fields: [id], references: [id])\n}\nview Annuaire {\n  nom String\n}\n", "utilisateurs(user_id role e_mail) Note(id) Annuaire(nom)"},
	} {
		t.Run(c.why, func(t *testing.T) {
			catalog := newCatalog()
			for _, m := range migrations {
				if m.match(strings.ToLower(c.path), []byte(c.text)) {
					if err := m.readAll(context.Background(), strings.NewReader(c.text), c.path, catalog, nowhere{}); err != nil {
						t.Fatal(err)
					}
					break
				}
			}
			var got []string
			for _, x := range catalog.tables {
				var columns []string
				for _, c := range x.columns {
					columns = append(columns, c.name)
				}
				got = append(got, fmt.Sprintf("%s(%s)", x.title(), strings.Join(columns, " ")))
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("got  %s\nwant %s", s, c.want)
			}
		})
	}
}
