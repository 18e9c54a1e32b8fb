using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Zoo.Tests.Engines;

namespace Zoo.Tests.Generators;

/// <summary>What a model has from its base class, and what it has itself, beside what the generator adds.</summary>
public sealed class InheritanceTests
{
    /// <summary>What comes out as a person would have written it.</summary>
    [Theory]
    // Dispose.
    [InlineData("class Component : System.IDisposable { public virtual void Dispose() { } } MODEL partial class M : Component "
        + "{ NETWORKS }")]
    [InlineData("MODEL partial class M : System.ComponentModel.Component { NETWORKS }")]
    [InlineData("class B { public void Dispose() { } } MODEL partial class M : B { NETWORKS }")]
    [InlineData("abstract class B : System.IDisposable { public abstract void Dispose(); } MODEL partial class M : B { NETWORKS }")]
    [InlineData("class A { public virtual void Dispose() { } } class B : A { public sealed override void Dispose() { } } MODEL partial "
        + "class M : B { NETWORKS }")]
    [InlineData("class A { public virtual void Dispose() { } } class B : A { public override void Dispose() { } } MODEL sealed partial "
        + "class M : B { NETWORKS }")]
    [InlineData("class B : System.IDisposable { public virtual void Dispose() { } protected virtual void Dispose(bool all) { } } MODEL "
        + "sealed partial class M : B { NETWORKS }")]
    [InlineData("class B : System.IDisposable { void System.IDisposable.Dispose() { } protected internal virtual void Dispose(bool all) { "
        + "} } MODEL partial class M : B { NETWORKS }")]
    [InlineData("abstract class B { public abstract void Dispose(); private protected virtual void Dispose(bool all) { } } MODEL partial "
        + "class M : B { NETWORKS }")]
    [InlineData("abstract class B { protected abstract void Dispose(bool all); } MODEL partial class M : B { NETWORKS }")]
    [InlineData("class B { public void Dispose() { } protected void Dispose(bool all) { } internal void Dispose(int n) { } } MODEL "
        + "partial class M : B { NETWORKS }")]
    [InlineData("class B<T> { public virtual void Dispose() { } } MODEL partial class M : B<int> { NETWORKS }")]
    // Of the pattern, what an override would be warned of stays the base's.
    [InlineData("class B : System.IDisposable { public void Dispose() => GC(); void GC() { } [System.Obsolete] protected virtual void "
        + "Dispose(bool all) { } } MODEL partial class M : B { NETWORKS }")]
    [InlineData("class B : System.IDisposable { public virtual void Dispose() { } [System.Obsolete(\"gone\", true)] protected virtual void "
        + "Dispose(bool all) { } } MODEL partial class M : B { NETWORKS }")]
    [InlineData("class Outer<T> { internal class B { public virtual void Dispose() { } } } MODEL partial class M : Outer<string>.B "
        + "{ NETWORKS }")]
    // Members that a base asks for.
    [InlineData("abstract class B { public abstract long Steps { get; } public abstract void Save(string path); public abstract void "
        + "Train(System.ReadOnlySpan<float> batch); } MODEL partial class M : B { NETWORKS }")]
    [InlineData("class B { public virtual int BatchSize => 0; public virtual void Update() { } public virtual System.ReadOnlySpan<string> "
        + "LossNames => []; } MODEL partial class M : B { NETWORKS }")]
    [InlineData("abstract class B { public abstract void Encode(System.ReadOnlySpan<float> x, System.Span<float> mean); public abstract "
        + "void Sample(ulong seed, System.Span<float> x); } MODEL partial class M : B { NETWORKS }")]
    [InlineData("abstract class B<T> { public abstract T Parameters { get; } public abstract void Decode(System.ReadOnlySpan<float> z, "
        + "System.Span<float> mean); } MODEL partial class M : B<ParameterSet> { NETWORKS }")]
    [InlineData("class B { public virtual bool ChecksData { get; set; } } MODEL partial class M : B { NETWORKS }")]
    [InlineData("abstract class B { public abstract bool ChecksData { get; set; } } MODEL partial class M : B { NETWORKS }")]
    [InlineData("abstract class B { public abstract double LogPartition(System.IProgress<double>? progress); public abstract double "
        + "PseudoLogLikelihood(System.ReadOnlySpan<float> v, System.IProgress<double> progress); } MACHINE partial class M : B;")]
    [InlineData("abstract class B { public abstract void Save([System.Diagnostics.CodeAnalysis.DisallowNull] string path); } MODEL "
        + "partial class M : B { NETWORKS }")]
    [InlineData("#nullable disable\nabstract class B { public abstract void Save(string path); }\n#nullable restore\nMODEL partial class "
        + "M : B { NETWORKS }")]
    [InlineData("interface I { void Save(string path); long Steps { get; } } abstract class B : I { public abstract void Save(string "
        + "path); public abstract long Steps { get; } } MODEL partial class M : B, I { NETWORKS }")]
    // Members that interfaces ask for.
    [InlineData("interface I { void Save(string path); long Steps { get; } bool ChecksData { get; set; } void Dispose(); void "
        + "Train(scoped System.ReadOnlySpan<float> batch); void Sample(ulong? seed, System.Span<float> x) { } } MODEL partial class M : I "
        + "{ NETWORKS }")]
    [InlineData("interface I { double LogPartition(System.IProgress<double> p); double PseudoLogLikelihood(System.ReadOnlySpan<float> v, "
        + "System.IProgress<double>? p); } MACHINE partial class M : I;")]
    [InlineData("interface I { void Save(string? path); } MODEL partial class M : I { NETWORKS void I.Save(string? path) { } }")]
    [InlineData("interface I { void Save(string? path); } class B : I { void I.Save(string? path) { } } MODEL partial class M : B "
        + "{ NETWORKS }")]
    [InlineData("#nullable disable\ninterface I { void Save(string path); }\n#nullable restore\nMODEL partial class M : I { NETWORKS }")]
    // Overloads, and what is not seen.
    [InlineData("class B { public void Save(System.IO.Stream to) { } public void Step(int n) { } public static B Load(string path) => "
        + "new(); public void Update<T>() { } } MODEL partial class M : B { NETWORKS }")]
    [InlineData("class B { private int Steps => 3; private void Dispose() { } private class Losses { } private void zooEngine() { } } "
        + "MODEL partial class M : B { NETWORKS }")]
    [InlineData("class B { public override string ToString() => \"\"; public int this[int n] => n; ~B() { } } MODEL partial class M : B "
        + "{ NETWORKS }")]
    // Constructors of the base.
    [InlineData("class B(int n = 3) { public int N => n; } MODEL partial class M : B { NETWORKS }")]
    [InlineData("class B { protected B(params int[] n) { } } MODEL partial class M : B { NETWORKS }")]
    [InlineData("class B { private protected B() { } protected B(int n) { } } MODEL partial class M : B { NETWORKS }")]
    [InlineData("class B { [System.Obsolete(\"not any more\")] public B() { } } MODEL partial class M : B { NETWORKS }")]
    [InlineData("class B { public required string Name { get; set; } [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public B() => "
        + "Name = \"\"; } MODEL partial class M : B { NETWORKS }")]
    [InlineData("class B { [System.Diagnostics.CodeAnalysis.Experimental(\"X1\")] public B() { } [System.Diagnostics.CodeAnalysis."
        + "Experimental(\"X2\")] public virtual void Update() { } } MODEL partial class M : B { NETWORKS }")]
    // Members of the class itself.
    [InlineData("MODEL partial class M { NETWORKS string name = \"\"; string? other; int count; string late = null!; static string? "
        + "shared; const string Fixed = \"\"; public string Text { get; set; } = \"\"; public string Read => name + other + late; }")]
    [InlineData("MODEL partial class M { NETWORKS [System.Diagnostics.CodeAnalysis.AllowNull] string name; "
        + "[System.Diagnostics.CodeAnalysis.MaybeNull] public string Text { get; set; } event System.Action? Done; public string Lazy => "
        + "field ??= \"\"; }")]
    [InlineData("#nullable disable\nMODEL partial class M { NETWORKS string name; public string Text { get; set; } }")]
    [InlineData("MODEL partial class M { NETWORKS } partial class M { public int More => 3; } partial class M : System.IDisposable;")]
    [InlineData("MODEL partial class M { NETWORKS ~M() { } static M() { } public static M operator +(M a, M b) => a; public override "
        + "string ToString() => \"\"; public int this[int n] => n; }")]
    [InlineData("interface I { void Step(int n); } MODEL partial class M : I { NETWORKS void I.Step(int n) { } }")]
    // Names that are words of C#.
    [InlineData("[Model(Input = [2], Batch = 4)] partial class M { OWN [Phase] static (Tensor @float, Tensor @class) Loss(Tensor x) => "
        + "(N(x).Sum(), N(x).Sum()); }")]
    [InlineData("[Model(Input = [2], Batch = 4)] partial class M { OWN [Phase] static Tensor @event(Tensor x) => N(x).Sum(); [Phase] "
        + "static Tensor @record(Tensor x) => N(x).Sum(); }")]
    [InlineData("[Model(Input = [2], Batch = 4)] partial class M { OWN [Phase] static Tensor @operator(Tensor x) => N(x).Sum(); }")]
    // What nameof means where somebody has a method, or something else to call, of that name.
    [InlineData("MODEL partial class M { NETWORKS static string nameof(object x) => \"\"; }")]
    [InlineData("MODEL partial class M { NETWORKS string nameof(params object[] x) => \"\"; }")]
    [InlineData("class B { protected static string nameof(object x) => \"\"; } MODEL partial class M : B { NETWORKS }")]
    [InlineData("static partial class Outer { static int nameof(System.IntPtr x) => 3; MODEL public partial class M { NETWORKS } }")]
    [InlineData("class B { protected static System.Func<string, int> nameof = null!; } MODEL partial class M : B { NETWORKS }")]
    [InlineData("MODEL partial class M { NETWORKS static System.Action<int>? nameof { get; set; } }")]
    [InlineData("MODEL partial class M { NETWORKS public static int nameof; }")]
    [InlineData("MODEL partial class M { NETWORKS event System.Action<int>? nameof; }")]
    [InlineData("class B { protected event System.Action<string>? nameof; } MODEL partial class M : B { NETWORKS }")]
    [InlineData("MODEL partial class M { NETWORKS static dynamic nameof = null!; }")]
    [InlineData("MODEL partial class M { NETWORKS static dynamic? nameof => null; }")]
    [InlineData("[Model(Input = [2], Batch = 4)] partial class M { OWN static int nameof(float x) => 3; [Phase] static Tensor Loss(Tensor "
        + "x) => N(x).Sum(); }")]
    [InlineData("class B { protected static void nameof(float x) { } } MACHINE partial class M : B; [Gan(Input = [2], Latent = [2], Batch "
        + "= 4)] partial class W : B { ADVERSARIES }")]
    public void BuildsWithoutAWarning(string declaration) => StrangeClass.Check(declaration);

    /// <summary>A method nameof that all files of a project see.</summary>
    [Fact]
    public void AMethodNameofForAllFiles() => new CompiledModels(
    [
        StrangeClass.Source("MODEL partial class M { NETWORKS }"),
        "global using static Held; static class Held { public static void nameof(float x) { } }",
    ]).Dispose();

    /// <summary>What cannot be is said on the user's own text, once.</summary>
    [Theory]
    // Names of generated members in the base.
    [InlineData("class B { public int Steps => 3; } MODEL partial class M : {|ZOO0014:B|} { NETWORKS }")]
    [InlineData("class B { public class Losses { } public static int Card => 3; internal void zooEngine() { } } MODEL partial class M : "
        + "{|ZOO0014:B|} { NETWORKS }")]
    [InlineData("class B { public void Save(string path) { } public int Load = 3; } MODEL partial class M : {|ZOO0014:B|} { NETWORKS }")]
    [InlineData("class B { public enum Phase { A } protected virtual void Update() { } } MODEL partial class M : {|ZOO0014:B|} "
        + "{ NETWORKS }")]
    [InlineData("abstract class B { public abstract long Steps { get; set; } } MODEL partial class M : {|ZOO0014:B|} { NETWORKS }")]
    [InlineData("abstract class B { public abstract void Save(string? path); } MODEL partial class M : {|ZOO0014:B|} { NETWORKS }")]
    [InlineData("class A { public int Steps; } class B : A { } interface I { } partial class M : I; MODEL partial class M : {|ZOO0014:B|} "
        + "{ NETWORKS }")]
    [InlineData("class B<T> { public T Steps => default!; } MODEL partial class M : {|ZOO0014:B<int>|} { NETWORKS }")]
    [InlineData("class B { public void Encode(System.ReadOnlySpan<float> x, System.Span<float> mean) { } } MODEL partial class M : "
        + "{|ZOO0014:B|} { NETWORKS }")]
    [InlineData("class B { public int Dispose => 3; } MODEL partial class M : {|ZOO0014:B|} { NETWORKS }")]
    [InlineData("class B { protected virtual void Dispose() { } } MODEL partial class M : {|ZOO0014:B|} { NETWORKS }")]
    [InlineData("class B : System.IDisposable { void System.IDisposable.Dispose() { } } MODEL partial class M : {|ZOO0014:B|} "
        + "{ NETWORKS }")]
    [InlineData("class B { public virtual int Dispose() => 3; } MODEL partial class M : {|ZOO0014:B|} { NETWORKS }")]
    [InlineData("class B { [System.Obsolete] public virtual void Dispose() { } } MODEL partial class M : {|ZOO0014:B|} { NETWORKS }")]
    [InlineData("class B { [System.Diagnostics.CodeAnalysis.Experimental(\"X1\")] public virtual void Dispose() { } } MODEL partial class "
        + "M : {|ZOO0014:B|} { NETWORKS }")]
    [InlineData("class B { public virtual bool ChecksData => true; } MODEL partial class M : {|ZOO0014:B|} { NETWORKS }")]
    [InlineData("class B { public virtual bool ChecksData { get; protected set; } } MODEL partial class M : {|ZOO0014:B|} { NETWORKS }")]
    [InlineData("class B { public virtual long Steps { get; set; } } MODEL partial class M : {|ZOO0014:B|} { NETWORKS }")]
    [InlineData("class B { public virtual bool ChecksData { get; init; } } MODEL partial class M : {|ZOO0014:B|} { NETWORKS }")]
    [InlineData("class B { public virtual bool ChecksData { protected get; set; } } MODEL partial class M : {|ZOO0014:B|} { NETWORKS }")]
    [InlineData("class B { public virtual bool ChecksData { set { } } } MODEL partial class M : {|ZOO0014:B|} { NETWORKS }")]
    [InlineData("class B { public virtual void Train(scoped System.ReadOnlySpan<float> batch) { } } MODEL partial class M : "
        + "{|ZOO0014:B|} { NETWORKS }")]
    // What its attributes promise and a generated member does not keep.
    [InlineData("class B { [System.Diagnostics.CodeAnalysis.DoesNotReturn] public virtual void Update() => throw new System.Exception(); } "
        + "MODEL partial class M : {|ZOO0014:B|} { NETWORKS }")]
    [InlineData("class B { protected string? s; [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(s))] public virtual void Update() => "
        + "s = \"\"; } MODEL partial class M : {|ZOO0014:B|} { NETWORKS }")]
    [InlineData("class B { public virtual void Save([System.Diagnostics.CodeAnalysis.AllowNull] string path) { } } MODEL partial class M : "
        + "{|ZOO0014:B|} { NETWORKS }")]
    [InlineData("class B { public virtual long Steps { [System.Diagnostics.CodeAnalysis.DoesNotReturn] get => throw new "
        + "System.Exception(); } } MODEL partial class M : {|ZOO0014:B|} { NETWORKS }")]
    [InlineData("class B { protected string? s; [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(true, nameof(s))] public virtual bool "
        + "ChecksData { get => s is not null; set { } } } MODEL partial class M : {|ZOO0014:B|} { NETWORKS }")]
    [InlineData("abstract class B { public abstract PartitionEstimate EstimateLogPartition(ulong seed, int chains, int temperatures, "
        + "[System.Diagnostics.CodeAnalysis.DoesNotReturnIf(true)] bool reverse, System.ReadOnlySpan<float> examples, "
        + "System.IProgress<double>? progress); } MACHINE partial class M : {|ZOO0014:B|};")]
    // Interfaces that ask for more than a generated member keeps.
    [InlineData("interface I { void Save(string? path) { } } MODEL partial class {|ZOO0018:M|} : I { NETWORKS }")]
    [InlineData("interface J { void Save(string? path); } interface I : J { } MODEL partial class {|ZOO0018:M|} : "
        + "System.ComponentModel.Component, I { NETWORKS }")]
    [InlineData("interface I<T> { void Save(T path); } MODEL partial class {|ZOO0018:M|} : I<string?> { NETWORKS }")]
    [InlineData("interface I { void Save([System.Diagnostics.CodeAnalysis.AllowNull] string path); } MODEL partial class {|ZOO0018:M|} : I "
        + "{ NETWORKS }")]
    [InlineData("interface I { [System.Diagnostics.CodeAnalysis.DoesNotReturn] void Update(); } MODEL partial class {|ZOO0018:M|} : I "
        + "{ NETWORKS }")]
    [InlineData("interface I { void Save(string? path); } class B : I { void I.Save(string? path) { } } MODEL partial class "
        + "{|ZOO0018:M|} : B, I { NETWORKS }")]
    // Types around it that no other file can have a part of.
    [InlineData("file partial class O { MODEL partial class {|ZOO0004:M|} { NETWORKS } }")]
    [InlineData("file partial class O { internal partial struct P { MODEL partial class {|ZOO0004:M|} { NETWORKS } } }")]
    // Accessors of generated properties.
    [InlineData("MODEL partial class M { NETWORKS public long {|ZOO0012:get_Steps|}() => 3; public void {|ZOO0012:set_ChecksData|}(bool b) "
        + "{ } }")]
    [InlineData("MODEL partial class M { NETWORKS static int {|ZOO0012:get_Card|}() => 3; }")]
    [InlineData("MODEL partial class M { NETWORKS static int {|ZOO0012:get_ZooNetworks|}() => 3; }")]
    [InlineData("MODEL abstract partial class {|ZOO0004:A|} { NETWORKS } [Gan(Input = [2], Latent = [3], Batch = 4)] partial class "
        + "{|ZOO0004:M|} : A { ADVERSARIES }")]
    [InlineData("MODEL abstract partial class {|ZOO0004:A|} { NETWORKS } class B : A { } MODEL partial class {|ZOO0004:M|} : B "
        + "{ NETWORKS }")]
    // Constructors of the base.
    [InlineData("class B(int n) { public int N => n; } MODEL partial class M : {|ZOO0015:B|} { NETWORKS }")]
    [InlineData("class B { private B() { } protected B(string name) { } } MODEL partial class M : {|ZOO0015:B|} { NETWORKS }")]
    [InlineData("class B { protected B(int n = 1) { } protected B(string name = \"\") { } } MODEL partial class M : {|ZOO0015:B|} "
        + "{ NETWORKS }")]
    [InlineData("class B { [System.Obsolete(\"gone\", true)] public B() { } } MODEL partial class M : {|ZOO0015:B|} { NETWORKS }")]
    [InlineData("class B { [System.Obsolete(\"gone\", true)] public B() { } public B(int n = 3) { } } MODEL partial class M : "
        + "{|ZOO0015:B|} { NETWORKS }")]
    [InlineData("MODEL partial class M : {|ZOO0015:System.IO.FileStream|} { NETWORKS }")]
    // Members that somebody must set.
    [InlineData("MODEL partial class M { NETWORKS public required string {|ZOO0016:Name|} { get; set; } }")]
    [InlineData("MODEL partial class M { NETWORKS public required int {|ZOO0016:Count|}; public required string {|ZOO0016:Name|} { "
        + "get; init; } }")]
    [InlineData("class B { public required string Name { get; set; } } MODEL partial class M : {|ZOO0016:B|} { NETWORKS }")]
    [InlineData("class B { public required string Name { get; set; } [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public B() => "
        + "Name = \"\"; } MODEL partial class M : B { NETWORKS public required int {|ZOO0016:Count|} { get; set; } }")]
    [InlineData("MODEL partial class M { NETWORKS public string {|ZOO0017:Name|} { get; set; } readonly string {|ZOO0017:field|}; event "
        + "System.Action {|ZOO0017:Done|}; }")]
    [InlineData("partial class Outer<T> { MODEL partial class M { NETWORKS internal T {|ZOO0017:Value|}; } }")]
    [InlineData("MODEL partial class M { NETWORKS } partial class M { string {|ZOO0017:a|}, b = \"\", {|ZOO0017:c|}; public M(int n) : "
        + "this((ulong)n) => (a, c) = (b, b); }")]
    // The class has the name of a member.
    [InlineData("MODEL partial class {|ZOO0012:Sample|} { NETWORKS }")]
    [InlineData("MODEL partial class {|ZOO0012:Losses|} { NETWORKS }")]
    [InlineData("[Gan(Input = [2], Latent = [3], Batch = 4)] partial class {|ZOO0012:Phase|} { ADVERSARIES }")]
    // Implementations that would take the place of the generated ones.
    [InlineData("MODEL partial class M : System.IDisposable { NETWORKS void System.IDisposable.{|ZOO0012:Dispose|}() { } }")]
    [InlineData("MODEL partial class M : IGenerativeModel { NETWORKS long IGenerativeModel.{|ZOO0012:Steps|} => 3; }")]
    [InlineData("MODEL partial class M : System.ComponentModel.Component { NETWORKS protected override void {|ZOO0012:Dispose|}(bool "
        + "disposing) { } }")]
    // Names of losses and phases.
    [InlineData("[Model(Input = [2], Batch = 4)] partial class M { OWN [Phase] static (Tensor {|ZOO0307:GetType|}, Tensor B) Loss(Tensor "
        + "x) => (N(x).Sum(), N(x).Sum()); }")]
    [InlineData("[Model(Input = [2], Batch = 4)] partial class M { OWN [Phase] static Tensor {|ZOO0307:PrintMembers|}(Tensor x) => "
        + "N(x).Sum(); }")]
    [InlineData("[Model(Input = [2], Batch = 4)] partial class M { OWN [Phase] static (Tensor {|ZOO0307:Losses|}, Tensor B) Loss(Tensor "
        + "x) => (N(x).Sum(), N(x).Sum()); }")]
    [InlineData("[Model(Input = [2], Batch = 4)] partial class M { OWN [Phase] static Tensor GanLoss(Tensor x) => N(x).Sum(); [Phase] "
        + "static Tensor {|ZOO0307:ganLoss|}(Tensor x) => N(x).Sum(); }")]
    public void IsSaidOnTheUsersText(string declaration) => StrangeClass.Check(declaration);

    /// <summary>Messages have the text to write.</summary>
    [Theory]
    [InlineData(
        "class B { public int Steps => 3; public static int Card => 3; } MODEL partial class M : B { NETWORKS }",
        "'M' inherits names of members that the generator adds: 'B.Steps' (rename it, or write 'public virtual long Steps { get; }'), "
            + "'B.Card' (rename it)")]
    [InlineData(
        "class B : System.IDisposable { void System.IDisposable.Dispose() { } } MODEL partial class M : B { NETWORKS }",
        "'M' inherits names of members that the generator adds: 'B.IDisposable.Dispose()' (write 'public virtual void Dispose()')")]
    [InlineData(
        "class B { public B(int n) { } } MODEL partial class M : B { NETWORKS }",
        "The generated constructor of 'M' calls none with arguments: add 'protected B() { }' to 'B'")]
    [InlineData(
        "class C<T> { public C(T n) { } } MODEL partial class M : C<int> { NETWORKS }",
        "The generated constructor of 'M' calls none with arguments: add 'protected C() { }' to 'C<int>'")]
    [InlineData(
        "MODEL partial class M : System.IO.FileStream { NETWORKS }",
        "The generated constructor of 'M' calls none with arguments: derive from a class of your own, 'abstract class MBase : FileStream "
            + "{ protected MBase() : base(…) { } }'")]
    [InlineData(
        "MODEL partial class M { NETWORKS public required string Name { get; set; } }",
        "'Name' must not be required, since 'M.Load' makes models and does not know it: give it a first value")]
    [InlineData(
        "MODEL partial class M { NETWORKS string name; public string Read => name; }",
        "'name' is null when the generated constructor ends: give it a first value, or declare it nullable")]
    [InlineData(
        "class B { public virtual bool ChecksData => true; } MODEL partial class M : B { NETWORKS }",
        "'M' inherits names of members that the generator adds: 'B.ChecksData' (rename it, or write 'public virtual bool ChecksData "
            + "{ get; set; }')")]
    [InlineData(
        "interface I { void Save(string? path); } MODEL partial class M : I { NETWORKS }",
        "The generated 'Save' would implement 'void I.Save(string? path)', but takes no null where that does, or returns where that never "
            + "does: implement it explicitly in 'M'")]
    [InlineData(
        "file partial class O { MODEL partial class M { NETWORKS } }",
        "'M' cannot be a model, because it is inside 'O', which is local to its file: a model is a partial class that the generator gives "
            + "a constructor")]
    [InlineData("MODEL partial class Sample { NETWORKS }",
        "'Sample' has the name of a member that the generator adds to 'Sample': rename or remove it")]
    public void AMessageHasTheTextToWrite(string declaration, string message) =>
        Assert.Equal(message, Assert.Single(GeneratorRun.Of(StrangeClass.Source(declaration)).Diagnostics).GetMessage());

    /// <summary>The table of generated members, which clashes are found in, is what is emitted.</summary>
    [Theory]
    [InlineData("MODEL partial class M { NETWORKS }")]
    [InlineData("[Gan(Input = [2], Latent = [3], Batch = 4)] partial class M { ADVERSARIES }")]
    [InlineData("[Model(Input = [2], Batch = 4, Classes = 3)] partial class M { OWN [Phase] static Tensor Loss(Tensor x, Tensor y) => "
        + "N(x).Sum() + y.Sum(); }")]
    [InlineData("MACHINE partial class M;")]
    public void TheTableHasEveryMember(string declaration)
    {
        var run = GeneratorRun.Of(StrangeClass.Source(declaration));
        var format = new SymbolDisplayFormat(
            typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
            genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
            miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);
        var emitted = run.Output.GetTypeByMetadataName("M")!.GetMembers()
            .Where(m => !m.IsImplicitlyDeclared && m is not IMethodSymbol { MethodKind: not MethodKind.Ordinary }
                && m.Locations[0].SourceTree!.FilePath.EndsWith(".g.cs", StringComparison.Ordinal))
            .Select(m => m is IMethodSymbol method
                ? $"{m.Name}({string.Join(", ", method.Parameters.Select(Parameter))})"
                : m.Name);
        var table = Zoo.Generators.Passes.BuildPrograms.Run(run.Trace!).Surface.Generated()
            .Select(g => g.Parameters is null ? g.Name : $"{g.Name}({g.Parameters.Replace("?", "").Replace("Phase", "M.Phase")})");
        Assert.Equal(emitted.Order(StringComparer.Ordinal), table.Order(StringComparer.Ordinal));

        string Parameter(IParameterSymbol p) => (p.RefKind == RefKind.Out ? "out " : "") + p.Type.ToDisplayString(format);
    }

    /// <summary>A base class from another project: what is internal there is not seen, and an override says what is visible here.</summary>
    [Fact]
    public void ABaseOfAnotherAssembly()
    {
        const string Library = """
            public class B : System.IDisposable
            {
                internal int Steps => 3;
                internal virtual void Save(string path) { }
                public void Dispose() => Dispose(true);
                protected internal virtual void Dispose(bool all) { }
            }
            """;
        using var image = new MemoryStream();
        var library = CSharpCompilation.Create(
            "Library", [CSharpSyntaxTree.ParseText(Library)], [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new(Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary));
        Assert.True(library.Emit(image).Success);
        var model = GeneratorRun.Compile(StrangeClass.Source("MODEL partial class M : B { NETWORKS }"));
        var run = GeneratorRun.Of(model.AddReferences(MetadataReference.CreateFromImage(image.ToArray())));
        Assert.Empty(run.Reported);
        Assert.Empty(run.Output.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString()));
        Assert.Contains("protected override void Dispose(bool disposing)", run.Files.Single(f => f.Name.Contains(".Surface.")).Text);
    }

    /// <summary>Memory of the model and what the base holds are both freed, by whichever way the model is disposed.</summary>
    [Theory]
    [InlineData("public virtual void Dispose() => Disposed++;")]
    [InlineData("public void Dispose() => Disposed++;")]
    [InlineData("public void Dispose() => Dispose(true); protected virtual void Dispose(bool all) => Disposed++;")]
    [InlineData("void System.IDisposable.Dispose() => Dispose(true); protected virtual void Dispose(bool all) => Disposed++;")]
    public void DisposingFreesBoth(string members)
    {
        using var compiled =
            new CompiledModels([StrangeClass.Source($"public class B : System.IDisposable {{ public int Disposed; {members} }} MODEL "
                + $"public partial class M : B {{ NETWORKS }}")]);
        var model = compiled.Create("M", 1, Device.Cpu);
        model.Dispose();
        Assert.Equal(1, (int)compiled.Type("B").GetField("Disposed")!.GetValue(model)!);
        Assert.Throws<ObjectDisposedException>(() => model.Step(new float[32], default, default, new float[3]));
    }

    /// <summary>A call through the base reaches the model.</summary>
    [Fact]
    public void AnOverrideIsReachedThroughTheBase()
    {
        const string Source = """
            public abstract class B
            {
                public abstract long Steps { get; }
                public virtual void Train(System.ReadOnlySpan<float> batch) => throw new System.NotSupportedException();
            }
            MODEL public partial class M : B { NETWORKS }
            public static class Use { public static long Of(B model) { model.Train(new float[32]); return model.Steps; } }
            """;
        using var compiled = new CompiledModels([StrangeClass.Source(Source)]);
        using var model = compiled.Create("M", 1, Device.Cpu);
        Assert.Equal(1L, compiled.Type("Use").GetMethod("Of")!.Invoke(null, [model]));
    }
}
